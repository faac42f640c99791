/** src/rules: services, real servers, checks. Terms as in docs/glossary.md. */

import type { Catalogue } from "../say.ts";

export const rules: Catalogue = {
  // persistence.ts
  "{0} is not an IPv{1} netmask": "{0} 不是 IPv{1} 掩码",
  "use 1 to 32 bits, or a mask such as 255.255.255.0": "请用 1 到 32 位，或 255.255.255.0 这样的掩码",
  "use a number of bits, 1 to 128": "请用位数，1 到 128",
  "the engine sip works with UDP only, and drops every {0} packet":
    "引擎 sip 只支持 UDP，{0} 数据包会全部丢弃",
  'set "protocol" to "udp", or remove "engine"': '把 "protocol" 设为 "udp"，或删除 "engine"',
  "persistence is redundant: {0} already sends a client to the same server each time":
    "会话保持是多余的：{0} 本来就把同一客户端送到同一台服务器",
  "remove persistence, or use a scheduler that goes by load, such as wlc":
    "删除会话保持，或改用按负载选择的调度算法，例如 wlc",
  "{0} schedules every packet by itself (onePacket), and persistence sends a client's packets to one server":
    "{0} 逐包调度 (onePacket)，而会话保持把一个客户端的数据包都送到同一台服务器",
  "keep one of the two": "两者只保留一个",
  "{0} keeps its persistent clients: expireQuiescentTemplate is off on {1}":
    "{0} 会留住已有会话的客户端：{1} 上关闭了 expireQuiescentTemplate",
  'remove "expireQuiescentTemplate", unless sessions must end by themselves':
    '删除 "expireQuiescentTemplate"，除非会话必须自行结束',
  "a client may get one server on port {0} and another on port {1}: each port has its own persistence":
    "同一客户端在端口 {0} 和端口 {1} 上可能得到不同的服务器：每个端口各有自己的会话保持",
  'add a "fwmark", which makes one service of all the ports': '添加 "fwmark"，它把所有端口合成一个服务',

  // applications.ts, check-arguments.ts
  "remote desktop": "远程桌面",
  "make a fwmark of 21 and the server's passive ports, with persistence, and have servers name {0} as their address":
    "用 fwmark 合并端口 21 和服务器的被动端口，加上会话保持，并让服务器以 {0} 作为自己的地址",
  "connections of {0} ({1}) that are idle for {2} s are forgotten, and keepalives begin after {3} s":
    "{0}（{1}）的连接空闲 {2} 秒后就被丢弃，而 keepalive 在 {3} 秒后才开始",
  "set timeouts.tcp to 7500, or net.ipv4.tcp_keepalive_time below it on clients or servers":
    "把 timeouts.tcp 设为 7500，或在客户端或服务器上把 net.ipv4.tcp_keepalive_time 设得比它小",
  "data of {0} goes over further connections, which without persistence go to other servers":
    "{0} 的数据走另外的连接，没有会话保持时它们会到其他服务器",
  "data of {0} goes over further connections, which the kernel sees through by nat (ip_vs_ftp), but not inside TLS":
    "{0} 的数据走另外的连接，在 nat 下内核能识别它们 (ip_vs_ftp)，但在 TLS 中不能",
  "data of {0} goes over further connections, to ports of {1} that no service has":
    "{0} 的数据走另外的连接，去往 {1} 上没有服务的端口",
  "unknown placeholder {{0}}": "未知的占位符 {{0}}",
  "the placeholders are": "可用的占位符",
  "the program and its arguments take {0} characters in keepalived.conf: at most {1} are allowed":
    "程序和参数在 keepalived.conf 中占 {0} 个字符：最多允许 {1} 个",
  "write a script that has the arguments, and run that": "请把参数写进一个脚本，并运行该脚本",
  "an IPv6 address in front of a port has no brackets": "端口前的 IPv6 地址没有方括号",
  "write [{address}]:{port}": "请写 [{address}]:{port}",

  // health-checks.ts
  "a check of the type {0} does not use {1}": "{0} 类型的健康检查不使用 {1}",
  "remove it, or write {port} in its arguments": "请删除它，或在参数中写 {port}",
  "remove it, or choose the type {0}": "请删除它，或改用类型 {0}",
  "a check of the type script needs a command": "script 类型的健康检查需要命令",
  'add "command": the program with its full path': '添加 "command"：程序及其完整路径',
  "a check of the type {0} needs a port, as the real servers have none":
    "{0} 类型的健康检查需要端口，因为真实服务器没有端口",
  'add "port", which {port} becomes, or write the port in its arguments':
    '添加 "port"（即 {port} 的值），或把端口写在参数中',
  'add "port", or use the type ping': '添加 "port"，或改用类型 ping',
  "the quorum {0} is above the sum of the real servers' weights, {1}":
    "法定数量 {0} 大于真实服务器的权重之和 {1}",
  "lower the quorum, or raise the weights": "请减小法定数量，或增大权重",
  "{0} is also a real server of {1}": "{0} 同时也是 {1} 的真实服务器",
  "choose a host or a port that no real server of the service has":
    "请选择该服务的真实服务器没有使用的主机或端口",
  "the sorry server never answers: {0} has no health check": "备用服务器永远不会应答：{0} 没有健康检查",
  'add a "healthCheck"': '请添加 "healthCheck"',
  "{0} is not a range of statuses": "{0} 不是状态码范围",
  'write the smaller code first, as in "200-299"': '请把较小的写在前面，如 "200-299"',

  // marks.ts
  "invalid port range {0}": "端口范围 {0} 无效",
  'write the smaller port first, as in "8000-8010"; ports are 1 to 65535':
    '请把较小的端口写在前面，如 "8000-8010"；端口为 1 到 65535',
  "{0} overlaps {1}": "{0}与{1}重叠",
  "remove one of the two, or correct it": "请删除或更正其中一个",
  "duplicate firewall mark {0} for IPv{1}: {2} has it already": "IPv{1} 的防火墙标记 {0} 重复：{2} 已经使用",
  "give each service a mark of its own": "每个服务用各自的防火墙标记",
  "{0} of {1} and {2} of {3} overlap": "{1} 的{0}与 {3} 的{2}重叠",
  "remove the port from one of the two: the kernel looks for a mark before a port":
    "请从其中一个删除该端口：内核先找防火墙标记，再找端口",
  "packets of all the mark's ports would arrive at port {0}": "防火墙标记各端口的数据包都会到达端口 {0}",
  'remove "port", or write a service for each port': '请删除 "port"，或为每个端口写一个服务',
  "port {0} has no effect: a persistent service of many ports keeps each packet's port":
    "端口 {0} 不起作用：有会话保持的多端口服务会保留每个数据包的端口",
  "port {0}": "端口 {0}",
  "ports {0}": "端口 {0}",

  // nat.ts
  "no floating address is in a subnet of {0} ({1}): after a failover its answers would go to the wrong director":
    "没有浮动地址在 {0}（{1}）的子网中：故障切换后，它的应答会去往错误的分发器",
  'add a gateway there to directors.vrrp.addresses, or use nat.returnPath "masquerade"':
    '在 directors.vrrp.addresses 中添加那里的网关，或使用 nat.returnPath "masquerade"',
  "{0} ({1}) is in no director's subnet: its answers cannot return through the director":
    "{0}（{1}）不在任何分发器的子网中：它的应答无法经分发器返回",
  'correct the address or its prefix length, or use nat.returnPath "masquerade"':
    '请更正地址或前缀长度，或使用 nat.returnPath "masquerade"',
  '"nat" has no effect: no real server of {0} is reached by nat':
    '"nat" 不起作用：{0} 没有以 nat 转发的真实服务器',
  'set forwarding to "nat", or remove "nat"': '把 forwarding 设为 "nat"，或删除 "nat"',
  "{0} would have two default gateways: {1}, and {2} for {3}":
    "{0} 会有两个默认网关：{1}，以及用于 {3} 的 {2}",
  "use addresses of one segment, or the default returnPath, source-rule":
    "请用同一网段的地址，或默认的 returnPath，即 source-rule",
  "{0} answers clients on {1}'s own subnet directly, past the director, and they reset it":
    "{0} 会绕过分发器，直接应答与 {1} 同一子网的客户端，而客户端会重置这样的连接",
  "use the default returnPath, source-rule, or a segment of their own for the servers of {0}":
    "请用默认的 returnPath，即 source-rule，或让 {0} 的服务器使用单独的网段",
  "conntrack is off on {0}, and {1} needs it to masquerade":
    "{0} 上关闭了 conntrack，而 {1} 需要它来做地址伪装",
  'remove "conntrack": lvsgen turns it on when a service masquerades':
    '请删除 "conntrack"：有服务做地址伪装时 lvsgen 会开启它',
  "{0} has kernel {1}: everything that it sends from {2} goes through the director":
    "{0} 的内核是 {1}：它从 {2} 发出的一切都经过分发器",
  "use an address for the service alone; if the host runs a newer kernel, set hosts.{0}.kernel":
    "请给服务单独一个地址；如果主机运行更新的内核，请设置 hosts.{0}.kernel",
  "{0} is a director: it does not tunnel packets for itself":
    "{0} 是分发器：它不会为发给自己的数据包建立隧道",
  'use forwarding "dr" for this real server': '这台真实服务器请用转发方式 "dr"',
  "connReuseMode {0} with connection tracking costs a second for each reused port on kernel {1} ({2})":
    "在内核 {1}（{2}）上，connReuseMode {0} 与连接跟踪同用时，每次端口复用要多等一秒",
  'remove "connReuseMode": lvsgen chooses by the kernel': '请删除 "connReuseMode"：lvsgen 会按内核选择',

  // reach.ts, real-servers.ts
  "port {0} is not the service's port {1}, and {2} cannot change ports":
    "端口 {0} 不是服务的端口 {1}，而 {2} 不能改变端口",
  "the service is a firewall mark, and {0} cannot change ports": "该服务是防火墙标记，而 {0} 不能改变端口",
  'remove "port", or use forwarding "nat"': '请删除 "port"，或使用转发方式 "nat"',
  "{0} is in no subnet of the director {1}: dr reaches only its own segment":
    "{0} 不在分发器 {1} 的任何子网中：dr 只能到达本网段",
  'correct the address or its prefix length, or use forwarding "tun" or "nat"':
    '请更正地址或前缀长度，或使用转发方式 "tun" 或 "nat"',
  "the real server has neither host nor address": "真实服务器既没有 host，也没有 address",
  'add "host" for one of the hosts, or "address" for a machine that lvsgen does not set up':
    '已有的主机请写 "host"；不由 lvsgen 配置的机器请写 "address"',
  "{0} does not have the address {1}": "{0} 没有地址 {1}",
  'remove "address", or choose one of {0}': '请删除 "address"，或从 {0} 中选一个',
  "{0} is the host {1}, which gets no lvs_rs.sh this way": "{0} 就是主机 {1}，这样写它不会得到 lvs_rs.sh",
  'write "host": "{0}" instead, unless it is set up by other means':
    '请改写为 "host": "{0}"，除非它由别的方式配置',
  "{0} is IPv{1}, and the VIP {2} is IPv{3}: {4} needs addresses of one family":
    "{0} 是 IPv{1}，而 VIP {2} 是 IPv{3}：{4} 要求地址属于同一协议族",
  'give an IPv{0} address, or use forwarding "tun"': '请写 IPv{0} 地址，或使用转发方式 "tun"',
  "{0} has no IPv{1} address for the VIP {2}": "{0} 没有用于 VIP {2} 的 IPv{1} 地址",
  "add one to its interfaces": "请在它的接口上添加一个",
  "duplicate real server {0} ({1} port {2}) in {3}": "{3} 中真实服务器 {0}（{1} 端口 {2}）重复",
  "keep one of the two; for a greater share raise its weight": "请只保留一个；要多分一些请增大权重",

  // schedulers.ts, scheduling.ts, uncounted.ts
  "rr, wrr, lc, wlc, lblc, lblcr, dh, sh, sed and nq are in every kernel; if the host runs another kernel than its release ships, set hosts.{0}.kernel":
    "每个内核都有 rr、wrr、lc、wlc、lblc、lblcr、dh、sh、sed 和 nq；如果主机运行的内核与发行版自带的不同，请设置 hosts.{0}.kernel",
  "{0} ignores weights, and the real servers have {1}": "{0} 不看权重，而真实服务器的权重是 {1}",
  "use {0}, or give all real servers the same weight": "请用 {0}，或让所有真实服务器的权重相同",
  "{0} is not a flag of {1}": "{0} 不是 {1} 的标志",
  "remove it, or use the scheduler {0}": "请删除它，或改用调度算法 {0}",
  "onePacket is for UDP, and this service is {0}": "onePacket 用于 UDP，而这个服务是 {0}",
  'remove "onePacket", or set "protocol" to "udp"': '请删除 "onePacket"，或把 "protocol" 设为 "udp"',
  "ovf counts active connections, which UDP does not have: one server gets everything":
    "ovf 按活动连接计数，而 UDP 没有活动连接：全部会到一台服务器",
  "use wlc, or fo for one server after the other": "请用 wlc；要依次启用服务器则用 fo",
  "{0} uses the server of the highest weight, and all have {1}": "{0} 使用权重最高的服务器，而权重都是 {1}",
  "set each weight to the number of connections that the server takes, the first one's highest":
    "把每个权重设为该服务器能承受的连接数，第一台最高",
  "give the first server the highest weight": "请让第一台服务器的权重最高",
  "one server of {0} gets everything: {1} compares connections, and with onePacket none is ever counted":
    "{0} 的全部请求会到一台服务器：{1} 比较连接数，而 onePacket 从不计数",
  "one server of {0} gets everything: {1} compares active connections, and UDP has none":
    "{0} 的全部请求会到一台服务器：{1} 比较活动连接数，而 UDP 没有活动连接",
  'set "scheduler" to {0}': '把 "scheduler" 设为 {0}',
  'set "scheduler" to "wlc", or to {0}': '把 "scheduler" 设为 "wlc" 或 {0}',
  "{0} keeps a destination at one server, and all clients have the same one: {1}":
    "{0} 让同一目的地址留在一台服务器，而所有客户端的目的地址相同：{1}",
  "use wlc or wrr to share the load, sh or mh to keep clients at their servers, or fo for one at a time":
    "要分担负载请用 wlc 或 wrr，要让客户端留在原服务器请用 sh 或 mh，要逐台启用请用 fo",

  // services.ts, shares.ts
  "duplicate virtual service {0} ({1})": "虚拟服务 {0} 重复（{1}）",
  "rename one of them": "请给其中一个改名",
  "a client of {0} that keeps its port stays with a dead server until it sends nothing for {1} s":
    "{0} 的客户端如果不换端口，会一直留在已失效的服务器，直到它 {1} 秒没有发送",
  'set "onePacket": true with "scheduler": {0} if every packet is a request of its own, or a short timeouts.udp':
    '如果每个数据包都是独立的请求，请设置 "onePacket": true 和 "scheduler": {0}；否则设置较短的 timeouts.udp',
  'set "onePacket": true if every packet is a request of its own, or a short timeouts.udp':
    '如果每个数据包都是独立的请求，请设置 "onePacket": true；否则设置较短的 timeouts.udp',
  "duplicate VIP and port {0} port {1} {2}: {3} has it already":
    "VIP 和端口重复：{0} 端口 {1} {2} 已由 {3} 使用",
  "give one of them another VIP or port, or make one service of both":
    "请给其中一个换 VIP 或端口，或合成一个服务",
  "{0} is on {1} of {2} for {3}, and on {4} for {5}": "在 {2} 上，{0} 对 {3} 位于 {1}，对 {5} 位于 {4}",
  "give both services the same interface": "请让两个服务使用同一接口",
  "{0} of the director {1} has no IPv{2} address beside the VIP {3}":
    "分发器 {1} 的 {0} 除 VIP {3} 外没有 IPv{2} 地址",
  "add the interface's own address, or name another interface": "请添加接口自己的地址，或改用另一个接口",
  "the service {0} has no port": "服务 {0} 没有端口",
  'add "port", for example 80, or "fwmark" with "ports"': '添加 "port"，例如 80，或 "fwmark" 和 "ports"',
  "the service {0} has a port and a firewall mark": "服务 {0} 既有端口又有防火墙标记",
  'keep "port" for one port, or "fwmark" with "ports" for several':
    '单个端口请保留 "port"，多个端口请保留 "fwmark" 和 "ports"',
  '"ports" needs a firewall mark, and the service has none': '"ports" 需要防火墙标记，而该服务没有',
  'add "fwmark", or use "port"': '添加 "fwmark"，或改用 "port"',
  "the firewall mark {0} has no ports": "防火墙标记 {0} 没有端口",
  'add "ports", for example [80, 443]': '添加 "ports"，例如 [80, 443]',
  "port 0 (all ports) needs persistence": "端口 0（所有端口）需要会话保持",
  'name the port, or add "persistence"': '请写出端口，或添加 "persistence"',
  "unknown interface for the VIP {0}: it is in no subnet of the director {1}":
    "VIP {0} 的接口未知：它不在分发器 {1} 的任何子网中",
  'correct the VIP, or set "interface" to {0}': '请更正 VIP，或把 "interface" 设为 {0}',
  "the lower threshold {0} has no effect without an upper one": "没有上限时，下限 {0} 不起作用",
  "the lower threshold {0} is above the upper one, {1}": "下限 {0} 大于上限 {1}",
  "set the upper one above the lower one: below the lower one a server gets connections again":
    "请让上限大于下限：低于下限后服务器才重新接收连接",
  "every real server of {0} has weight 0: new connections are refused":
    "{0} 的所有真实服务器权重都是 0：新连接会被拒绝",
  "give one of them a weight, unless you are taking the service down": "请给其中一台权重，除非正要停用该服务",

  // tunnels.ts
  "forwarding {0} uses no tunnel": "转发方式 {0} 不使用隧道",
  'set forwarding to "tun", or remove "tunnel"': '把 forwarding 设为 "tun"，或删除 "tunnel"',
  "a tunnel of the type {0} has no port": "{0} 类型的隧道没有端口",
  'remove "port", or set the type to "gue"': '请删除 "port"，或把 type 设为 "gue"',
  "no device unwraps IPv{0} in IPv{1} with {2} ({3})": "没有设备能用 {2} 解开 IPv{1} 中的 IPv{0}（{3}）",
  'use the tunnel type "gre", or an address of the VIP\'s family':
    '请用隧道类型 "gre"，或与 VIP 同一协议族的地址',
  "{0} comes out of {1} on {2} for {3}, and out of {4} for {5}":
    "在 {2} 上，{0} 对 {3} 从 {1} 解出，对 {5} 从 {4} 解出",
  "use one type of tunnel for all services of the VIP on this host":
    "在这台主机上，该 VIP 的所有服务请用同一种隧道",
  "{0} is {1} and tunnelled to {2}: clients' large packets do not fit":
    "{0} 是 {1}，经隧道到 {2}：客户端的大数据包放不下",
  "keep packets small, raise the MTU between director and server, or use dr or nat":
    "请保持数据包较小，增大分发器与服务器之间的 MTU，或使用 dr 或 nat",
};
