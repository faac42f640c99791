/** Texts that a shell, a template, a path, an option parser, YAML or a terminal would act on. */

// biome-ignore format: a table
export const hostileTexts = [
  "'", '"', "a'b", 'a"b', "a\nb", "a\n", "\na", "a\rb", "a\tb", "a b", " a", "", "\u0000", "a\u0000b", "$(id)", "${IFS}", "$HOME", "`id`",
  "a;id", "a|id", "a&id", "a>b", "a<b", "a\\b", "*", "?", "[a]", "~", "!a", "#a", "%s", "%%", "{{a}}", "{{{a}}}", "{% a %}", "{# a #}",
  "-a", "--help", "-oProxyCommand=id", "../a", "a/../b", "..", ".", "/etc/passwd", "//a", "é", "ａ", "\u202Ea", "a\u2028b", "\uD800", "\uFEFFa", "😀",
  "__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf", "a".repeat(5000), "1.2.3.4\n", "192.168.1.1/24\n", "eth0\n",
  "010.0.0.1", "1.2.3.4/24/24", "fe80::1%eth0", "::ffff:1.2.3.4", "0x7f.1", "1e3", "null", "true", "yes", "0", "-1", "NaN", "!unsafe a", "&a", "*a", "\u001B[31m", "EOF",
];
