/** src/import/keepalived: notes about keepalived.conf. Terms as in docs/glossary.md. */

import type { Catalogue } from "../say.ts";

export const importKeepalived: Catalogue = {
  // advert-link.ts
  "{0}'s adverts go over {1}; lvsgen's go over {2}, with its addresses":
    "{0} 的通告经由 {1}；lvsgen 的通告经由其地址所在的 {2}",
  "make sure that the directors reach each other there": "请确认分发器在那里能互相通信",
  "dont_track_primary: lvsgen has a director give up that loses its interface":
    "dont_track_primary：lvsgen 会让失去接口的分发器放弃主",
  "dont_track_primary: lvsgen has a director give up that loses {0}":
    "dont_track_primary：lvsgen 会让失去 {0} 的分发器放弃主",
  "no change is needed if that is right": "如果正确，则无需修改",
  "{0} does not track {1}: lvsgen does, so that a master gives up that clients do not reach":
    "{0} 不跟踪 {1}：lvsgen 会跟踪，使客户端无法到达的主放弃",
  "{0} gives up without {1}, on all directors alike; lvsgen's go on without it, each as master":
    "没有 {1} 时，{0} 在所有分发器上都会放弃；lvsgen 的分发器会继续，各自为主",

  // braces.ts, statements.ts, lines.ts
  "the file itself": "文件顶层",
  "{0} has no {": "{0} 没有 {",
  "add { at its end": "请在它的末尾加 {",
  "brace } without {": "大括号 } 没有对应的 {",
  "remove it, or add the missing {": "请删除它，或补上缺少的 {",
  "this } ends {0}, and {1} in line {2} is outside": "这个 } 结束了 {0}，使第 {2} 行的 {1} 落在外面",
  "remove one } before that line": "请在该行之前删除一个 }",
  "{0} has no }": "{0} 没有 }",
  "add the missing }": "请补上缺少的 }",
  "add } before line {0}": "请在第 {0} 行之前加 }",
  "the include names no file": "include 没有指明文件",
  "nothing to include: {0}": "没有可包含的文件：{0}",
  "copy the included files to the same places": "请把被包含的文件复制到相同的位置",
  "{0} includes itself": "{0} 包含了自己",
  "remove one of the includes": "请删除其中一个 include",
  "includes are nested deeper than {0}": "include 的嵌套超过 {0} 层",
  "merge files": "请合并文件",
  "the files are larger than 16 MiB": "这些文件大于 16 MiB",
  "brace { without a keyword": "大括号 { 前面没有关键字",
  "add the keyword before it, or remove it": "请在它前面加关键字，或删除它",
  "blocks are nested deeper than {0}": "块的嵌套超过 {0} 层",
  "close blocks with }": "请用 } 结束块",
  "the line is for one host only (config-id {0})": "该行只针对一台主机 (config-id {0})",
  "set the director's with --config-id: what its keepalived gets with -i (by default the first part of its host name)":
    "请用 --config-id 设置分发器的 id：即其 keepalived 的 -i 参数（默认是主机名的第一段）",
  "the parameter ${0} has several lines": "参数 ${0} 有多行",
  "replace it with its value where it is used": "请在使用处换成它的值",
  "circular parameters": "参数循环引用",
  "replace them with their values": "请换成它们的值",
  "~SEQ or ~LST is not supported": "不支持 ~SEQ 和 ~LST",
  "unknown parameter ${0}": "未知的参数 ${0}",
  "quote without an end in its line": "引号在该行没有结束",
  "close it": "请补上结束的引号",

  // check-program.ts, checks.ts
  "quote without an end": "引号没有结束",
  "{0} {1}: {2}; the check is left out": "{0} {1}：{2}；略去此检查",
  "write a script that runs the whole command, and add a healthCheck with its path as command and {address} as argument":
    "请写一个运行整条命令的脚本，并添加 healthCheck，以其路径作 command，以 {address} 作参数",
  "keepalived ignores what follows the first word ({0}); in the topology they are arguments":
    "keepalived 忽略第一个词之后的内容 ({0})；在拓扑中它们是参数",
  "remove them from the healthCheck's arguments if that is wrong": "如果不对，请从 healthCheck 的参数中删除",
  "not an absolute path": "不是绝对路径",
  "{0} is for a shell, and keepalived uses none": "{0} 需要 shell，而 keepalived 不使用 shell",
  "more than {0} arguments": "参数超过 {0} 个",
  "a topology cannot have the argument {0}": "拓扑中不能有参数 {0}",
  "lvsgen's checks begin at once": "lvsgen 的检查立即开始",
  "lvsgen has a server get connections after its first check only":
    "lvsgen 只在第一次检查之后才让服务器接收连接",
  "{0} is not a valid {1} in a topology": "{0} 在拓扑中不是有效的 {1}",
  "choose a value that the schema allows": "请选择 schema 允许的值",
  "{0} has no effect: the check connects to nothing": "{0} 不起作用：此检查不建立连接",
  "{0}: not an HTTP status": "{0}：不是 HTTP 状态码",
  "use those from 100 to 599": "请用 100 到 599",
  "a topology's check has one page, and so no delay between pages":
    "拓扑的检查只有一个页面，因此没有页面之间的延迟",
  "a check in a topology has one page: this one is ignored": "拓扑的检查只有一个页面：这一个被忽略",
  "choose one page that shows whether everything works": "请选择一个能说明一切正常的页面",
  "lvsgen's checks send the name of virtualHost": "lvsgen 的检查发送 virtualHost 的名称",
  "{0}: a check in a topology asks the server itself, {1}": "{0}：拓扑的检查询问服务器本身 {1}",
  "make sure that its answer says as much": "请确认它的应答同样能说明问题",
  "a check": "检查",
  "the payload is not pairs of hex digits": "payload 不是成对的十六进制数字",
  "write it as pairs of hex digits": "请写成成对的十六进制数字",
  "a topology does not support {0}": "拓扑不支持 {0}",
  "give the service a healthCheck of another type": "请给该服务设置其他类型的 healthCheck",
  "{0} of {1} is left out: a check for another page would say something else":
    "略去 {1} 的 {0}：检查其他页面说明的是别的问题",
  "{0} of {1} is left out: it names no page, and keepalived ignores it":
    "略去 {1} 的 {0}：它没有指明页面，keepalived 会忽略它",
  "give the service a healthCheck with a path that a topology allows":
    "请给该服务设置 healthCheck，其 path 要是拓扑允许的",
  "the check accepts any status from 200 to 299; in a topology it accepts 200":
    "此检查接受 200 到 299 的任何状态码；在拓扑中只接受 200",
  'set status to the page\'s status, or to "200-299" with keepalived 2.0.17 or later':
    '请把 status 设为该页面的状态码，keepalived 2.0.17 及更新版本可设为 "200-299"',

  // globals.ts
  "{0} is not a mail address": "{0} 不是邮件地址",
  "{0} is not a mail server": "{0} 不是邮件服务器",
  "a topology supports mail servers on port 25 only, not {0}": "拓扑只支持端口 25 上的邮件服务器，不支持 {0}",
  "use one on port 25": "请用端口 25 上的邮件服务器",
  "lvsgen writes 30": "lvsgen 写 30",
  "lvsgen has all changes mailed where there is a notification": "设置了通知时，lvsgen 会让所有变化都发邮件",
  "lvsgen sets it where a check is a script": "检查是脚本时，lvsgen 会设置它",
  "lvsgen's check scripts run as root": "lvsgen 的检查脚本以 root 运行",
  "lvsgen announces the addresses again every 60 s": "lvsgen 每 60 秒重新通告地址",
  "{0} {1}: not a timeout": "{0} {1}：不是超时",
  "use tcp, tcpfin or udp, with seconds up to 2678400": "请用 tcp、tcpfin 或 udp，秒数不超过 2678400",
  "the id of the connection sync is 0 today: a topology has one from 1, and 1 is the placeholder":
    "连接同步的 ID 目前是 0：拓扑中从 1 开始，占位值为 1",
  "use the same one on all directors": "所有分发器请用同一个值",
  "a topology does not support {0} {1} of {2}": "拓扑不支持 {2} 的 {0} {1}",

  // instances.ts
  "{0}: a topology supports the type PASS only": "{0}：拓扑只支持类型 PASS",
  "{0}: unknown state; keepalived uses BACKUP": "{0}：未知的状态；keepalived 使用 BACKUP",
  "use MASTER or BACKUP": "请用 MASTER 或 BACKUP",
  "the peer {0} is given again": "对端 {0} 重复出现",
  "a topology does not support {0}: only the address": "拓扑不支持 {0}：只支持地址",
  "do without": "不要它",
  "{0} was on {1}; lvsgen has it on {2}": "{0} 原在 {1} 上；lvsgen 把它放在 {2} 上",
  "nopreempt has no effect with state MASTER: {0} takes over again, and so it does in the topology":
    "state MASTER 时 nopreempt 不起作用：{0} 会再次接管，拓扑中也是如此",
  "set directors.vrrp.preempt to false if it should not":
    "如果不应接管，请把 directors.vrrp.preempt 设为 false",
  "preempt_delay {0} has no effect with state MASTER": "state MASTER 时 preempt_delay {0} 不起作用",
  "preempt_delay {0} has no effect with nopreempt": "有 nopreempt 时 preempt_delay {0} 不起作用",
  "{0} {1} of {2} is left out: lvsgen's address needs none": "略去 {2} 的 {0} {1}：lvsgen 的地址不需要它",
  "a topology does not support {0} of {1}": "拓扑不支持 {1} 的 {0}",
  "{0}: not a prefix length": "{0}：不是前缀长度",
  "use one from 0 to {0}": "请用 0 到 {0}",

  // keywords.ts
  "{0} is given again: keepalived uses the first one, and so does the topology":
    "{0} 重复出现：keepalived 使用第一个，拓扑也一样",
  "{0} is given again: keepalived uses the last one, and so does the topology":
    "{0} 重复出现：keepalived 使用最后一个，拓扑也一样",
  "remove the others": "请删除其余的",
  "do without it, or keep it by hand": "不要它，或手工保留",
  "{0} belongs in another check, not in this one: keepalived ignores it there":
    "{0} 属于其他类型的检查，不属于这一个：keepalived 在这里会忽略它",
  "{0} belongs in {1}, not in {2}: keepalived ignores it there":
    "{0} 应写在 {1} 中，而不是 {2} 中：keepalived 在那里会忽略它",
  "the keywords here are": "这里的关键字有",
  "move it, or remove it": "请移动或删除它",
  "{0} is not the name of an interface": "{0} 不是接口名称",
  "{0} becomes {1}: a label is not an interface": "{0} 改为 {1}：标签不是接口",
  "{0} has no value": "{0} 没有值",
  "add it, or remove the line": "请补上，或删除该行",
  "{0}: not a number from {1} to {2}": "{0}：不是 {1} 到 {2} 的数字",
  "correct it, or set it in the topology by hand": "请更正，或在拓扑中手工设置",
  "{0} is not an IP address": "{0} 不是 IP 地址",
  "use a numeric address": "请用数字形式的地址",

  // merge-services.ts, methods.ts
  "{0} is given again: IPVS has one service for both, with the settings of the first one in line {1} and the servers of both, and so has the topology":
    "{0} 重复出现：IPVS 把两者当作一个服务，设置取自第 {1} 行的第一个，服务器则合并，拓扑也一样",
  "merge them, or correct an address or a port": "请合并它们，或更正地址或端口",
  "firewall mark {0} of IPv{1}": "IPv{1} 的防火墙标记 {0}",
  "{0} becomes {1}, the most that a topology supports": "{0} 改为 {1}，即拓扑支持的最大值",
  "divide the weights of all servers by the same number": "请把所有服务器的权重除以同一个数",
  "{0}: not a port; the topology has the service's": "{0}：不是端口；拓扑中使用服务的端口",
  "use a number from 1 to 65535": "请用 1 到 65535 的数字",
  "{0}: Linux's IPVS has no such method, only DPVS does; nat is the placeholder":
    "{0}：Linux 的 IPVS 没有这种转发方式，只有 DPVS 有；占位值为 nat",
  "{0}: unknown method; keepalived uses NAT, and so does the topology":
    "{0}：未知的转发方式；keepalived 使用 NAT，拓扑也一样",
  "use DR, NAT or TUN": "请用 DR、NAT 或 TUN",
  "{0}: keepalived knows {1} in capitals only, and uses NAT; the topology has {2}":
    "{0}：keepalived 只认大写的 {1}，因此使用 NAT；拓扑中是 {2}",
  "set forwarding to what you meant": "请把 forwarding 设为想要的值",
  "a topology does not support {0} of tunnels": "拓扑不支持隧道的 {0}",
  "{0}: unknown tunnel type": "{0}：未知的隧道类型",
  "use ipip, gue or gre": "请用 ipip、gue 或 gre",

  // read-keepalived.ts, selectors.ts, servers.ts
  "{0} {1} is given again: keepalived uses the first one, and so does the topology":
    "{0} {1} 重复出现：keepalived 使用第一个，拓扑也一样",
  "rename or remove it": "请改名或删除",
  "virtual_server_group {0} has no virtual_server": "virtual_server_group {0} 没有 virtual_server",
  "preempt_delay {0}: lvsgen writes none": "preempt_delay {0}：lvsgen 不写此项",
  "preempt_delay {0}: lvsgen writes {1}, the duration of the checks":
    "preempt_delay {0}：lvsgen 写 {1}，即检查所需的时间",
  "{0}: nobody gets mail without notification_email": "{0}：没有 notification_email，谁也收不到邮件",
  "add it, or remove this": "请补上，或删除这一项",
  "unknown sender or mail server: the placeholders are the first receiver and 127.0.0.1":
    "发件人或邮件服务器未知：占位值为第一个收件人和 127.0.0.1",
  "set from and smtpServer": "请设置 from 和 smtpServer",
  "lvs_sync_daemon follows {0}, which is no vrrp_instance; lvsgen's is master or backup with the VIPs":
    "lvs_sync_daemon 跟随 {0}，但它不是 vrrp_instance；lvsgen 的同步随 VIP 为主或备",
  "lvs_sync_daemon follows no vrrp_instance; lvsgen's is master or backup with the VIPs":
    "lvs_sync_daemon 没有跟随 vrrp_instance；lvsgen 的同步随 VIP 为主或备",
  "unknown virtual_server_group {0}: its service is ignored": "未知的 virtual_server_group {0}：忽略其服务",
  "use one of the groups": "请使用已有的组",
  "{0}: the group has no entry": "{0}：该组没有条目",
  "{0}: not a firewall mark": "{0}：不是防火墙标记",
  "{0}: not an address (or at most 256 of them) with a port": "{0}：不是带端口的地址（最多 256 个）",
  "use numeric addresses and ports": "请用数字形式的地址和端口",
  "a topology has one check for a service: the first of {0} is used":
    "拓扑中每个服务只有一种检查：使用 {0} 个中的第一个",
  "choose the check that detects most faults": "请选择能发现最多故障的检查",

  // service-block.ts, service-settings.ts, services.ts
  "unknown scheduler {0}: keepalived uses wlc, and so does the topology":
    "未知的调度算法 {0}：keepalived 使用 wlc，拓扑也一样",
  "set the scheduler that you meant": "请设置想要的调度算法",
  "{0}: unknown protocol": "{0}：未知的协议",
  "use TCP, UDP or SCTP": "请用 TCP、UDP 或 SCTP",
  "{0}: unknown family": "{0}：未知的地址族",
  "use inet or inet6": "请用 inet 或 inet6",
  "{0}: a topology supports sip only": "{0}：拓扑只支持 sip",
  "the flag has no meaning for {0}: keepalived ignores it": "该标志对 {0} 没有意义：keepalived 会忽略它",
  "{0}-{1} has no meaning for {2}: keepalived ignores it": "{0}-{1} 对 {2} 没有意义：keepalived 会忽略它",
  "remove it, or use sh or mh": "请删除，或改用 sh 或 mh",
  "use {0}-{1}": "请用 {0}-{1}",
  "{0} is for all ports: keepalived makes it persistent, for {1} s":
    "{0} 针对所有端口：keepalived 会为它启用会话保持，时长 {1} 秒",
  "set persistence.timeout, or a port": "请设置 persistence.timeout，或端口",
  "{0}: not a prefix length; keepalived ignores it, and each address is a client":
    "{0}：不是前缀长度；keepalived 会忽略它，每个地址各算一个客户端",
  "{0}: not a netmask; keepalived ignores it, and each address is a client":
    "{0}：不是掩码；keepalived 会忽略它，每个地址各算一个客户端",
  "correct it, or set persistence.netmask in the topology": "请更正，或在拓扑中设置 persistence.netmask",
  "ops is for UDP alone: keepalived ignores it": "ops 只用于 UDP：keepalived 会忽略它",
  "quorum {0} is more than all servers weigh together: keepalived reduces it to {1}, and so does the topology":
    "法定数量 {0} 超过所有服务器的权重之和：keepalived 把它减为 {1}，拓扑也一样",
  "{0} has no effect beside an address": "{0} 与地址同时出现时不起作用",
  "the real server {0} is given again: keepalived uses the first one, of line {1}, and so does the topology":
    "真实服务器 {0} 重复出现：keepalived 使用第 {1} 行的第一个，拓扑也一样",
  "{0} is of another family than its service: keepalived ignores it":
    "{0} 与它的服务不属于同一地址族：keepalived 会忽略它",
  "remove it, or use tun": "请删除，或改用 tun",

  // strict.ts, sync-groups.ts, unused-timing.ts
  "{0} is left out: with it keepalived drops every packet to a VIP, so that nobody reaches a service":
    "略去 {0}：有它时 keepalived 会丢弃发往 VIP 的所有数据包，服务将无法访问",
  "take it out of what runs today, too": "目前运行的配置中也请去掉",
  "{0} in vrrp_sync_group {1} is no vrrp_instance: keepalived ignores it":
    "vrrp_sync_group {1} 中的 {0} 不是 vrrp_instance：keepalived 会忽略它",
  "correct or remove it": "请更正或删除",
  "{0} has no effect: what is checked has its own": "{0} 不起作用：被检查的各项有自己的设置",
  "{0} has no effect without a check of a page": "没有页面检查时，{0} 不起作用",
  "{0} has no effect without a check": "没有检查时，{0} 不起作用",

  // vrrp.ts
  "{0} has no interface, and keepalived needs one: the placeholder is that of its addresses":
    "{0} 没有接口，而 keepalived 需要：占位值为其地址所在的接口",
  "{0} has no virtual_router_id: {1} is the placeholder": "{0} 没有 virtual_router_id：占位值为 {1}",
  "set it": "请设置",
  "state MASTER: in a topology all directors begin as BACKUP, and the order of directors.hosts decides":
    "state MASTER：在拓扑中所有分发器都从 BACKUP 开始，由 directors.hosts 的顺序决定",
  "list the preferred master first": "请把首选的主排在最前",
  "state BACKUP: other directors come before this one in directors.hosts":
    "state BACKUP：在 directors.hosts 中其他分发器排在这一台之前",
  "correct the order if another one has a lower priority": "如果其他分发器的优先级更低，请更正顺序",
  "priority {0} becomes the place in the order of directors.hosts":
    "priority {0} 改为在 directors.hosts 中的位置",
  "list the directors in the order of their priorities": "请按优先级顺序列出分发器",
  "preempt or nopreempt": "preempt 或 nopreempt",
  "{0} and {1} differ in {2}; in a topology all addresses move together":
    "{0} 与 {1} 的 {2} 不同；在拓扑中所有地址一起移动",
  "write two topologies if they need different masters": "如果需要不同的主，请写成两份拓扑",
  "no vrrp_sync_group has both {0} and {1}: each can move alone; in a topology all addresses move together":
    "没有 vrrp_sync_group 同时包含 {0} 和 {1}：它们可以各自移动；在拓扑中所有地址一起移动",
  "VIPs of services have one virtual router id: {0}'s {1} becomes {2}":
    "各服务的 VIP 共用一个虚拟路由 ID：{0} 的 {1} 改为 {2}",
  "no change is needed if no other router has that id": "如果没有其他路由器使用该 ID，则无需修改",
  "{0}: lvsgen writes version {1} for {2}": "{0}：lvsgen 为 {2} 写版本 {1}",
  "use lvsgen's files on all directors at once": "请在所有分发器上同时换用 lvsgen 的文件",
};
