<?php
// Installs WordPress in the folder that is named, with readable addresses and all posts in its feed.
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = '127.0.0.1';
require $argv[1] . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';

wp_install('Harbour Notes', 'admin', 'admin@example.test', true, '', 'admin-pass', 'en_US');
update_option('blogdescription', 'A tagline of the theme');
update_option('timezone_string', 'Europe/London');
update_option('posts_per_rss', 500);
update_option('permalink_structure', '/%year%/%monthnum%/%postname%/');
update_option('rewrite_rules', '');  // made anew for it by the first request
foreach (get_posts(['post_type' => ['post', 'page'], 'numberposts' => -1, 'post_status' => 'any']) as $sample) {
    wp_delete_post($sample->ID, true);
}
