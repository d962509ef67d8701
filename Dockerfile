# `docker build -t ddlint .`, then `docker run --rm -v "$PWD:/src:ro" ddlint`.
FROM python:3.13.15-slim@sha256:8d9d0b8bcf6506481eae4907c18f5e3e7902e629f5f6d684f9e7c32e85e3ddf0 AS build
WORKDIR /build
COPY pyproject.toml hatch_build.py README.md LICENSE ./
COPY ddlint ddlint
COPY rules rules
RUN python -m venv --without-pip /opt/ddlint \
    && python -m pip --python /opt/ddlint/bin/python install --no-cache-dir --no-compile . \
    && /opt/ddlint/bin/python -m compileall -q /opt/ddlint/lib

FROM python:3.13.15-slim@sha256:8d9d0b8bcf6506481eae4907c18f5e3e7902e629f5f6d684f9e7c32e85e3ddf0
COPY --from=build /opt/ddlint /opt/ddlint
ENV PATH="/opt/ddlint/bin:${PATH}"
WORKDIR /src
USER 65532:65532
ENTRYPOINT ["ddlint"]
