/**
 * Where the generated script is that asks for tracks. On systems with SELinux, only what is in this folder runs
 * unconfined (Fedora's selinux-policy, keepalived.fc); the others do not mind.
 */
export const trackScriptPath = "/usr/libexec/keepalived/lvs_track.sh";
