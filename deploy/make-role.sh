#!/bin/sh
# Run once by the postgres image in an empty data folder: LawCRM's role is no superuser, and owns its database.
set -eu
password=$(cat /run/secrets/database_password)
psql -v ON_ERROR_STOP=1 -v password="$password" --username postgres <<'SQL'
CREATE ROLE lawcrm LOGIN CREATEDB PASSWORD :'password';
CREATE DATABASE lawcrm OWNER lawcrm;
SQL
