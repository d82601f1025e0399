# Rackrent in a container: no root, a read-only file system, Chromium inside.
# docker build -t rackrent . && docker run --rm -p 127.0.0.1:8001:8001 -v rackrent:/home/rackrent/data rackrent
FROM python:3.11-slim-bookworm AS build
WORKDIR /app
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
RUN python -m venv /app/.venv
COPY requirements.lock ./
RUN /app/.venv/bin/pip install --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE scrapy.cfg ./
COPY crawler crawler
COPY spiders spiders
COPY nlp nlp
COPY data data
RUN /app/.venv/bin/pip install --no-deps --no-build-isolation -e .

FROM python:3.11-slim-bookworm
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
# the browser's version is Debian's: it must follow security updates, so it is not pinned
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends chromium fonts-noto-core fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 10001 rackrent \
    && install -d -o rackrent -g rackrent -m 0700 /home/rackrent/data
COPY --from=build /app /app
ENV PATH=/app/.venv/bin:$PATH RACKRENT_HOME=/home/rackrent/data PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
USER 10001
VOLUME ["/home/rackrent/data"]
EXPOSE 8001
HEALTHCHECK --interval=1m --timeout=20s --start-period=30s CMD ["rackrent", "status", "--json"]
ENTRYPOINT ["rackrent"]
CMD ["serve", "--public", "--host", "0.0.0.0", "--port", "8001"]
