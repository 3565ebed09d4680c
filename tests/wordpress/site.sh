#!/usr/bin/env bash
# A real WordPress on loopback, from Debian's wordpress, mariadb-server, php-cli, php-mysql, php-xml and php-mbstring:
#   site.sh FOLDER PORT
# Prints "ready URL" and stays until it is ended. FOLDER/wp is the site, FOLDER/requests.jsonl what it was asked for.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$1
port=$2
socket=$folder/db.sock
mkdir -p "$folder"

cp -rL /usr/share/wordpress "$folder/wp"
rm -f "$folder/wp/wp-config.php"

mariadb-install-db --no-defaults --datadir="$folder/db" --auth-root-authentication-method=normal --user="$(id -un)" \
    --skip-test-db >"$folder/db-install.log" 2>&1 || { cat "$folder/db-install.log" >&2; exit 1; }
# nothing here need outlive the test, so nothing waits for the disk
mariadbd --no-defaults --datadir="$folder/db" --socket="$socket" --pid-file="$folder/db.pid" --skip-networking \
    --user="$(id -un)" --innodb-flush-log-at-trx-commit=0 --innodb-doublewrite=0 >"$folder/db.log" 2>&1 &
database=$!
web=
trap 'kill $database $web 2>/dev/null; wait' EXIT
trap 'exit 143' TERM INT
ask() { mariadb --no-defaults --socket="$socket" --user=root --execute="$1"; }
for _ in $(seq 120); do
    ask 'select 1' >/dev/null 2>&1 && break
    sleep 0.25
done
ask "create database wp character set utf8mb4; create user wp@localhost identified by 'wp'; grant all on wp.* to wp@localhost;" ||
    { cat "$folder/db.log" >&2; exit 1; }

cat >"$folder/wp/wp-config.php" <<PHP
<?php
define('DB_NAME', 'wp'); define('DB_USER', 'wp'); define('DB_PASSWORD', 'wp');
define('DB_HOST', 'localhost:$socket'); define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as \$name) {
    define(\$name . '_KEY', \$name . '-key-of-a-test'); define(\$name . '_SALT', \$name . '-salt-of-a-test');
}
define('WP_HOME', 'http://127.0.0.1:$port'); define('WP_SITEURL', 'http://127.0.0.1:$port');
define('WP_ENVIRONMENT_TYPE', 'local');  // application passwords without TLS
define('WP_HTTP_BLOCK_EXTERNAL', true); define('DISABLE_WP_CRON', true); define('AUTOMATIC_UPDATER_DISABLED', true);
\$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
PHP

php "$here/install.php" "$folder/wp" >"$folder/install.log" 2>&1 || { cat "$folder/install.log" >&2; exit 1; }

export REQUESTS=$folder/requests.jsonl
cd "$folder/wp"
php -S "127.0.0.1:$port" -t "$folder/wp" "$here/router.php" >"$folder/web.log" 2>&1 &
web=$!
for _ in $(seq 120); do
    curl --silent --fail --output /dev/null "http://127.0.0.1:$port/wp-json/" && break
    kill -0 "$web" || { cat "$folder/web.log" >&2; exit 1; }
    sleep 0.25
done
echo "ready http://127.0.0.1:$port"
wait "$web"
