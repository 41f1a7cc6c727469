# casefile in a container: docker build -t casefile:0.1.0 .
# Python packages are installed as tools/install.sh does it; system packages are those of its `run` list (the base image brings Python itself).
FROM python:3.11-slim-bookworm AS build
WORKDIR /src
RUN python -m venv /opt/casefile
COPY requirements.lock ./
RUN /opt/casefile/bin/python -m pip install -q --no-cache-dir --disable-pip-version-check --no-deps --ignore-requires-python --require-hashes -r requirements.lock
COPY pyproject.toml hatch_build.py requirements.in README.md LICENSE ./
COPY app app
COPY archive archive
COPY casework casework
COPY domain domain
COPY ingest ingest
COPY pipeline pipeline
COPY search search
RUN /opt/casefile/bin/python -m pip install -q --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation .

FROM python:3.11-slim-bookworm
RUN apt-get update -qq \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
      libgl1 \
      libglib2.0-0 \
      tesseract-ocr \
      tesseract-ocr-chi-sim \
      poppler-utils \
      fonts-noto-cjk \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --user-group --no-create-home --home-dir /data --shell /usr/sbin/nologin casefile \
 && install -d -o casefile -g casefile -m 0750 /data
COPY --from=build /opt/casefile /opt/casefile
ENV PATH=/opt/casefile/bin:$PATH PYTHONDONTWRITEBYTECODE=1 OMP_NUM_THREADS=1
USER 10001:10001
WORKDIR /data
VOLUME /data
# serve is the container's first process, so its end is the container's end; this asks whether the data folder still answers.
# The answer names files that wait, which may hold a person's name, so it is kept out of Docker's health log.
HEALTHCHECK --interval=60s --timeout=30s --start-period=60s CMD casefile --data /data status --json >/dev/null
ENTRYPOINT ["casefile", "--data", "/data"]
CMD ["serve", "--no-web"]
