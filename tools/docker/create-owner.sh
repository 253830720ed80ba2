#!/bin/sh
# Runs once, when the database volume is new: a database whose owner may create roles and is no superuser.
set -eu
psql --set=ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres --set=password="$ROLLCALL_OWNER_PASSWORD" <<'SQL'
CREATE ROLE rollcall_owner LOGIN CREATEROLE NOSUPERUSER NOBYPASSRLS PASSWORD :'password';
CREATE DATABASE rollcall OWNER rollcall_owner;
REVOKE CONNECT ON DATABASE postgres FROM PUBLIC;
SQL
