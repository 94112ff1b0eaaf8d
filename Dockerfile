# The images of the platform: of a service by `--target service --build-arg SERVICE=camps`, of the gateway by
# `--target gateway`, and of the command line by `--target operator`. A release gives PYTHON_IMAGE with its digest.
ARG PYTHON_IMAGE=python:3.11-slim-trixie

FROM ${PYTHON_IMAGE} AS packages
WORKDIR /build
COPY requirements.lock ./
RUN python -m venv --without-pip /opt/packages \
 && pip --python /opt/packages/bin/python install --no-cache-dir --disable-pip-version-check \
      --only-binary=:all: --require-hashes --requirement requirements.lock

FROM ${PYTHON_IMAGE} AS platform
WORKDIR /app
# No module can be compiled later: nothing is ever written there.
ENV PATH=/opt/packages/bin:$PATH PYTHONDONTWRITEBYTECODE=1
COPY --from=packages /opt/packages /opt/packages
COPY config.yml ./
COPY contracts contracts
COPY chassis chassis
RUN python -m compileall -q chassis

FROM platform AS service
ARG SERVICE
COPY services/__init__.py services/
COPY services/${SERVICE} services/${SERVICE}
RUN python -m compileall -q services
USER 10001:10001
ENTRYPOINT ["python", "-m", "chassis"]

FROM platform AS gateway
COPY gateway gateway
RUN python -m compileall -q gateway
USER 10001:10001
ENTRYPOINT ["python", "-m", "chassis"]
CMD ["gateway.service:GatewayService"]

FROM platform AS operator
COPY services services
COPY gateway gateway
COPY cli cli
COPY examples/partnership examples/partnership
RUN python -m compileall -q services gateway cli \
 && install -d -o 10001 -g 10001 /run/secrets/broker /run/secrets/database /run/secrets/partners \
      /run/secrets/engagements /run/secrets/camps /run/secrets/notifications /run/secrets/gateway /run/secrets/links \
      /run/secrets/signing /run/secrets/backup
USER 10001:10001
ENTRYPOINT ["python", "-m", "cli"]
