<?php
// Applies the changes that come as JSON on standard input to the WordPress in the folder that is named, and prints
// what each of them gave: a number, or the password that was made.
$_SERVER['HTTP_HOST'] = '127.0.0.1';
require $argv[1] . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/taxonomy.php';
kses_remove_filters();

// WordPress stamps the time of modification itself; a post of the past needs it as it was
add_filter('wp_insert_post_data', function (array $data, array $given): array {
    if (isset($given['modified_at'])) {
        $data['post_modified_gmt'] = $given['modified_at'];
        $data['post_modified'] = get_date_from_gmt($given['modified_at']);
    }
    return $data;
}, 10, 2);

function author(string $name): int {
    $login = 'author-' . md5($name);
    $user = get_user_by('login', $login);
    return $user ? $user->ID : wp_insert_user([
        'user_login' => $login, 'user_pass' => 'x', 'display_name' => $name, 'role' => 'author',
    ]);
}

function change(array $it) {
    switch ($it['do']) {
        case 'add':
            return wp_insert_post(wp_slash([
                'post_type' => $it['type'] ?? 'post', 'post_status' => $it['status'] ?? 'publish',
                'post_title' => $it['title'], 'post_content' => $it['content'],
                'post_author' => author($it['author']), 'post_date_gmt' => $it['published'],
                'post_date' => get_date_from_gmt($it['published']), 'modified_at' => $it['modified'] ?? $it['published'],
                'post_category' => array_map('wp_create_category', $it['categories'] ?? []),
                'tags_input' => $it['tags'] ?? [],
            ]), true);
        case 'edit':
            return wp_update_post(wp_slash(['ID' => $it['id']] + $it['fields']), true);
        case 'trash':
            return wp_trash_post($it['id'])->ID;
        case 'delete':
            return wp_delete_post($it['id'], true)->ID;
        case 'application password':
            return WP_Application_Passwords::create_new_application_password(1, ['name' => 'test'])[0];
    }
    throw new InvalidArgumentException($it['do']);
}

$gave = [];
foreach (json_decode(stream_get_contents(STDIN), true, 512, JSON_THROW_ON_ERROR) as $it) {
    $result = change($it);
    if (is_wp_error($result)) {
        fwrite(STDERR, $result->get_error_message() . "\n");
        exit(1);
    }
    $gave[] = $result;
}
echo json_encode($gave);
