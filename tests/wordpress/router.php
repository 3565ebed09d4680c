<?php
// Serves a file that is there, and WordPress for every other address; writes down each request and the size of its reply.
$path = rawurldecode(parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH) ?: '/');
if ($path !== '/' && is_file($_SERVER['DOCUMENT_ROOT'] . $path)) {
    return false;
}
ob_start(function (string $body): string {
    $line = json_encode(['uri' => $_SERVER['REQUEST_URI'], 'status' => http_response_code(), 'size' => strlen($body)]);
    file_put_contents(getenv('REQUESTS'), $line . "\n", FILE_APPEND);
    return $body;
});
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = '/index.php';
$_SERVER['SCRIPT_FILENAME'] = $_SERVER['DOCUMENT_ROOT'] . '/index.php';
require $_SERVER['SCRIPT_FILENAME'];
