/** src/import: notes about keepalived.conf without services, and tracks. Terms as in docs/glossary.md. */

import type { Catalogue } from "../say.ts";

export const importFloating: Catalogue = {
  "1 floating address": "1 个浮动地址",
  "{0} floating addresses": "{0} 个浮动地址",
  "only scripts can be imported together, and keepalived.conf without a virtual_server":
    "只有脚本和没有 virtual_server 的 keepalived.conf 可以多个一起导入",
  "neither a virtual service with a real server nor a vrrp_instance with an address":
    "既没有带真实服务器的虚拟服务，也没有带地址的 vrrp_instance",
  "import a keepalived.conf with a virtual_server that has a real_server, or with a vrrp_instance that has a virtual_ipaddress":
    "请导入 virtual_server 中有 real_server 的 keepalived.conf，或 vrrp_instance 中有 virtual_ipaddress 的",

  // assemble
  "unknown addresses of {0}: the placeholders are {1}": "{0} 的地址未知：占位值为 {1}",
  "unknown addresses on some interfaces of {0}: the placeholders are {1}":
    "{0} 部分接口的地址未知：占位值为 {1}",
  "unknown names of hosts: the placeholders are {0}": "主机名称未知：占位值为 {0}",
  "rename them under hosts and in floatingAddresses": "请在 hosts 和 floatingAddresses 中改名",
  "{0} cannot be a floating address": "{0} 不能作浮动地址",
  "the address {0} is given again: {1} has it": "地址 {0} 重复出现：{1} 已有它",
  "no address of the text can be a floating address": "文本中没有地址可以作浮动地址",
  "add one to a vrrp_instance, and import again": "请在 vrrp_instance 中添加一个，再重新导入",
  "{0} cannot be a host's own address in a topology": "{0} 在拓扑中不能作主机自己的地址",
  "use an ordinary address": "请用普通的地址",
  "{0} is a host's own address here, and moves elsewhere: the topology has it move":
    "{0} 在这里是主机自己的地址，在别处会移动：拓扑中按移动处理",
  "the director": "分发器",
  "the host": "主机",
  "the first host": "第一台主机",
  "the virtual_router_id {0} is in use on the segment of {1}: {2} is the placeholder":
    "virtual_router_id {0} 在 {1} 所在网段已被使用：占位值为 {2}",
  "choose an id that no other router of the segment has": "请选择网段内没有其他路由器使用的 ID",
  "only {0} has {1}: the address does not move": "只有 {0} 有 {1}：该地址不会移动",
  "add the instance to the other hosts": "请把该实例加到其他主机上",
  "another host of {0} has the priority {1}, too, so that the higher IP address decides: this one gets {2}":
    "{0} 的另一台主机优先级也是 {1}，因此由较大的 IP 地址决定：这一台改为 {2}",
  "correct it if this host should be master first": "如果这台主机应是首选主，请更正",
  "{0} with {1}": "{0} ({1})",
  "unknown priorities of the other hosts of {0}: the placeholders are {1}":
    "{0} 其他主机的优先级未知：占位值为 {1}",
  "unknown priorities of the other hosts of {0}: the placeholders are {1}, so that a track's weight ({2}) changes who is master":
    "{0} 其他主机的优先级未知：占位值为 {1}，使跟踪项的权重 ({2}) 能改变谁是主",
  "unknown priorities of the other hosts of {0}: the placeholders are {1}; a track's weight ({2}) may not change who is master":
    "{0} 其他主机的优先级未知：占位值为 {1}；跟踪项的权重 ({2}) 可能不会改变谁是主",
  "unknown priorities of the other hosts of {0}: the placeholders are {1}; a track's weight ({2}) may not change who is master without preempt":
    "{0} 其他主机的优先级未知：占位值为 {1}；没有 preempt 时，跟踪项的权重 ({2}) 可能不会改变谁是主",
  "import the files of all hosts together, or correct them": "请把所有主机的文件一起导入，或更正它们",
  "unknown address of {0} near {1}: the placeholder is {2}/{3} on {4}":
    "{0} 靠近 {1} 的地址未知：占位值为 {4} 上的 {2}/{3}",

  // announcements.ts, host-differences.ts, same-instance.ts
  "{0} becomes {1}": "{0} 改为 {1}",
  "what they track": "跟踪项",
  "garp_master settings": "garp_master 设置",
  "prefix lengths": "前缀长度",
  "{0} differs in {1} from {2}:{3}: all hosts get what is there, as that host has the higher priority":
    "{0} 的 {1} 与 {2}:{3} 不同：所有主机都用后者的设置，因为那台主机的优先级更高",
  "make the files alike, or correct the topology": "请把各文件改为一致，或更正拓扑",
  "{0} has the virtual_router_id {1}, and {2} has {3} ({4})":
    "{0} 的 virtual_router_id 是 {1}，而 {2} 的是 {3} ({4})",
  "use the same id on all hosts of an address: they do not hear each other otherwise":
    "同一地址的所有主机请用同一个 ID：否则它们收不到彼此的通告",
  "{0} lacks the address {1}, which {2} has ({3})": "{0} 缺少地址 {1}，而 {2} 有它 ({3})",
  "{0} has the address {1}, and {2} lacks it ({3})": "{0} 有地址 {1}，而 {2} 没有 ({3})",
  "{0} has the address {1}, and {2} has {3} ({4})": "{0} 有地址 {1}，而 {2} 有 {3} ({4})",
  "list the same addresses on all hosts of an instance": "请在实例的所有主机上列出相同的地址",
  "the other file's {0}": "另一个文件的 {0}",

  // not-floating.ts, notifies.ts
  "{0} is left out: it is for clusters with a virtual_server": "略去 {0}：它用于有 virtual_server 的集群",
  "{0} is left out: mail goes out about directors, not about floating addresses":
    "略去 {0}：邮件只用于分发器，不用于浮动地址",
  "use notify to run a program at each change": "请用 notify 在每次变化时运行程序",
  "{0} is not the name of a user": "{0} 不是用户名",
  "{0} is left out: no program of the topology runs as that user": "略去 {0}：拓扑中没有程序以该用户运行",
  "{0}: in the topology each program has its user": "{0}：在拓扑中每个程序各有其用户",
  "the group {0} is left out: a topology has the user's own": "略去组 {0}：拓扑中使用用户自己的组",
  "make it the user's primary group": "请把它设为该用户的主组",
  "make sure that the hosts reach each other there": "请确认主机在那里能互相通信",
  "the password of {0} is left out: floating addresses have none, as VRRP sends it in clear text":
    "略去 {0} 的密码：浮动地址没有密码，因为 VRRP 以明文发送",
  "allow protocol 112 from the other hosts only": "请只允许来自其他主机的协议 112",
  "dont_track_primary: lvsgen has a host give up that loses its interface":
    "dont_track_primary：lvsgen 会让失去接口的主机放弃主",
  "dont_track_primary: lvsgen has a host give up that loses {0}":
    "dont_track_primary：lvsgen 会让失去 {0} 的主机放弃主",
  "lvs_sync_daemon_interface {0} of {1} is left out: it is for clusters with a virtual_server":
    "略去 {1} 的 lvs_sync_daemon_interface {0}：它用于有 virtual_server 的集群",
  "put the command and its arguments in quotes": "请把命令及其参数放在引号中",
  "a topology cannot have the command": "拓扑中不能有此命令",
  "{0} is for a shell, and keepalived uses none since 1.3: the topology has /bin/sh run it":
    "{0} 需要 shell，而 keepalived 自 1.3 起不使用 shell：拓扑中由 /bin/sh 运行它",
  "{0}: {1}; it is left out": "{0}：{1}；已略去",
  "write a script that runs the whole command, and add it as notify or notifyOn with its absolute path":
    "请写一个运行整条命令的脚本，并以绝对路径添加为 notify 或 notifyOn",

  // observe-floating.ts
  "{0} has no address: it is left out": "{0} 没有地址：已略去",
  "add one, or remove it": "请添加一个，或删除它",
  "priority {0} becomes 254: 255 is for a router that owns the addresses itself":
    "priority {0} 改为 254：255 只用于自己拥有这些地址的路由器",
  "state MASTER: in a topology all hosts begin as BACKUP, and the priority decides":
    "state MASTER：在拓扑中所有主机都从 BACKUP 开始，由优先级决定",
  "{0} has no unicast_peer {1}, which is a host of the address ({2}:{3}): in the topology all hosts are peers":
    "{0} 没有 unicast_peer {1}，而它是该地址的主机 ({2}:{3})：在拓扑中所有主机互为对端",
  "add it to what runs today, too": "目前运行的配置中也请加上",
  "{0} and {1} are in one vrrp_sync_group and differ in {2}: both get what {3} has":
    "{0} 和 {1} 在同一个 vrrp_sync_group 中，而 {2} 不同：两者都用 {3} 的设置",
  "make them the same in all instances of a group": "请在组内所有实例中改为一致",
  "no vrrp_sync_group has both {0} and {1}: each can move alone; in the topology they move together, as they have the same hosts and settings":
    "没有 vrrp_sync_group 同时包含 {0} 和 {1}：它们可以各自移动；在拓扑中它们一起移动，因为主机和设置相同",
  "give them different priorities if each should move alone": "如果应各自移动，请给它们不同的优先级",
  "{0} is left out: {1} of the group has its own, and a topology has one for each state":
    "略去 {0}：组中的 {1} 有自己的，而拓扑中每种状态只有一个",
  "write a script that runs both": "请写一个运行两者的脚本",

  // track-command.ts, track-definitions.ts, track-lists.ts
  "{0} is for bash, and keepalived uses no shell: the topology has the track of a tcp port":
    "{0} 需要 bash，而 keepalived 不使用 shell：拓扑中改为跟踪 tcp 端口",
  "{0}: keepalived uses no shell, so that redirections are arguments; the topology does without them":
    "{0}：keepalived 不使用 shell，因此重定向成了参数；拓扑中不要它们",
  "remove them from the track's arguments if that is wrong": "如果不对，请从跟踪项的参数中删除",
  "{0} and the lines that stop it become runOnMaster: {1}, which also stops at a fault, and does not start at boot by itself":
    "{0} 和停止它的各行改为 runOnMaster：{1}；发生故障时也会停止，开机时不再自行启动",
  "{0} starts and stops the units of runOnMaster, whose names are in it on the host":
    "{0} 启动和停止 runOnMaster 的服务，服务的名字写在主机上的这个文件中",
  "add them to runOnMaster": "请把它们加入 runOnMaster",
  "{0} becomes the track of {1}": "{0} 改为跟踪 {1}",
  "{0} becomes the track of {1}: {2}": "{0} 改为跟踪 {1}：{2}",
  "keepalived finds {0} in PATH: the placeholder is {1}": "keepalived 在 PATH 中查找 {0}：占位值为 {1}",
  "{0}: {1}; the track is left out": "{0}：{1}；略去此跟踪项",
  "write a script that runs the whole command, and add a track with its path as command":
    "请写一个运行整条命令的脚本，并添加以其路径作 command 的跟踪项",
  "longer names with it do not count": "包含它的更长名称不算",
  "without -f, curl takes every status": "没有 -f 时，curl 接受任何状态码",
  "the process {0}": "进程 {0}",
  "the weight {0} becomes {1}": "权重 {0} 改为 {1}",
  "a topology does not support {0}: it has no reversed tracks; the track is left out":
    "拓扑不支持 {0}：没有取反的跟踪项；略去此跟踪项",
  "do without it, or write a script that fails instead": "不要它，或改写一个会失败的脚本",
  "{0} {1} becomes {2} s": "{0} {1} 改为 {2} 秒",
  "{0} {1} becomes {2}": "{0} {1} 改为 {2}",
  "{0}: a topology watches processes by name alone, {1}": "{0}：拓扑只按名称监视进程，即 {1}",
  "use a track of the type script if arguments matter": "如果参数重要，请用 script 类型的跟踪项",
  "a topology cannot have the process {0}": "拓扑中不能有进程 {0}",
  "a topology cannot have the file {0}": "拓扑中不能有文件 {0}",
  "use an absolute path without spaces": "请用不含空格的绝对路径",
  "{0} does not say what to watch: it is left out": "{0} 没有说明监视什么：已略去",
  "add it, or remove the block": "请补上，或删除该块",
  "user {0}: lvsgen's own script runs as root": "user {0}：lvsgen 自己的脚本以 root 运行",
  "root would run {0}, which other users can replace: the track is left out":
    "root 会运行 {0}，而其他用户可以替换它：略去此跟踪项",
  "move it to /usr/local/sbin, owned by root, and add the track":
    "请把它移到 /usr/local/sbin，属主设为 root，再添加跟踪项",
  '{0}: not "weight" and a number; the track has no weight': '{0}：不是 "weight" 加数字；此跟踪项没有权重',
  "{0} is tracked already: the first time counts": "{0} 已在跟踪：以第一次为准",
  "{0} is watched in any case, as adverts go over it: without it the host gives up, whatever the weight":
    "{0} 总会被监视，因为通告经由它发送：没有它主机就会放弃，与权重无关",
  "unknown track {0}: keepalived ignores it": "未知的跟踪项 {0}：keepalived 会忽略它",
  "add the block that defines {0}, or remove the line": "请添加定义 {0} 的块，或删除该行",
  "the track {0} is left out: see where it is defined": "略去跟踪项 {0}：参见它的定义处",
  "add a track by hand": "请手工添加跟踪项",
  "the weight {0} of {1} has no effect in a vrrp_sync_group: the instance gives up while it fails, and so it does in the topology":
    "{1} 的权重 {0} 在 vrrp_sync_group 中不起作用：它失败时实例会放弃，拓扑中也是如此",
  "nothing tracks {0}: it has no effect, and is left out": "没有实例跟踪 {0}：它不起作用，已略去",
  "add it to an instance, or remove it": "请把它加到实例中，或删除",
  "the weight of {0} has no effect: each list that has it gives its own":
    "{0} 的权重不起作用：包含它的每个列表都给出了自己的权重",
};
