/** src/rules and src/plan/feature-gate.ts: hosts, their networks, directors. Terms as in docs/glossary.md. */

import type { Catalogue } from "../say.ts";

export const hostRules: Catalogue = {
  "{0} is not in the kernel packages of {1} ({2})": "{1}（{2}）的内核软件包没有{0}",
  "unknown whether the kernel packages of {0} ({1}) have {2}": "不清楚 {0}（{1}）的内核软件包是否有{2}",
  kernel: "内核",
  "{0} needs {1} {2}; the version on {3} is unknown": "{0}需要 {1} {2}；{3} 上的版本未知",
  "{0} needs {1} {2}; {3} has {4}": "{0}需要 {1} {2}；{3} 上是 {4}",
  "keepalived from {0} to {1} does not have {2}; the version on {3} is unknown":
    "keepalived {0} 到 {1} 不支持{2}；{3} 上的版本未知",
  "keepalived from {0} to {1} does not have {2}; {3} has {4}":
    "keepalived {0} 到 {1} 不支持{2}；{3} 上是 {4}",
  "do without it, or upgrade; if the host runs other versions than its release ships, set hosts.{0}.kernel or hosts.{1}.versions":
    "不用它，或升级；如果主机运行的版本与发行版自带的不同，请设置 hosts.{0}.kernel 或 hosts.{1}.versions",

  // addresses.ts
  "duplicate address {0}: it is {1} already": "地址 {0} 重复：它已经是{1}",
  "give each interface an address of its own": "每个接口用各自的地址",
  "{0} is a {1} address and cannot be {2}": "{0} 是{1}地址，不能作为{2}",
  "use an address of the hosts' network": "请用主机所在网络的地址",
  "{0} is not an interface for a host's own address": "主机自己的地址不能放在接口 {0} 上",
  "name the network interface: lvsgen itself puts VIPs on lo":
    "请写网络接口的名称：lo 上的 VIP 由 lvsgen 自己配置",
  "name the network interface: the kernel reserves net.ipv4.conf.{0}":
    "请写网络接口的名称：net.ipv4.conf.{0} 由内核保留",
  "the address of a real server": "真实服务器的地址",
  "the address of {0}": "{0} 的地址",
  "the VIP {0} is {1}": "VIP {0} 是{1}",
  "give the service an address that no machine has": "给服务一个没有任何机器使用的地址",
  "{0}'s address on {1}": "{0} 在 {1} 上的地址",
  "the VIP of {0}": "{0} 的 VIP",
  "a real server's address": "某台真实服务器的地址",
  "{0} is a link-local address and cannot be {1}": "{0} 是链路本地地址，不能作为{1}",
  "use a global or a private address": "请用全局地址或私有地址",
  "{0} is the network address of {1}/{2} and cannot be {3}": "{0} 是 {1}/{2} 的网络地址，不能作为{3}",
  "{0} is the broadcast address of {1}/{2} and cannot be {3}": "{0} 是 {1}/{2} 的广播地址，不能作为{3}",
  "use an address between {0} and {1}": "请用 {0} 和 {1} 之间的地址",
  unspecified: "未指定",
  loopback: "环回",
  multicast: "组播",
  reserved: "保留",

  // advert-link.ts
  "{0} carries the VIP {1} too: adverts have no link of their own":
    "{0} 也承载 VIP {1}：VRRP 通告没有独立的链路",
  'take "interface" out, or name another link between the directors':
    '删除 "interface"，或改为分发器之间的另一条链路',
  "when {0} fails, every director is master: they hear each other nowhere else":
    "{0} 一旦故障，每台分发器都会成为主：它们没有别的链路能收到对方的通告",
  "make the link a bond of two cards and name the bond, or leave it out":
    "把链路做成两个接口的 bond 并写 bond 的名称，或不写这一项",
  "the director {0} has no interface {1}": "分发器 {0} 没有接口 {1}",
  "it has": "它有",
  "{0} of the director {1} has no IPv{2} address to send adverts from":
    "分发器 {1} 的 {0} 没有 IPv{2} 地址，无法发送通告",
  "give it one, of one subnet on all directors": "给它一个，所有分发器都在同一子网",
  "{0} of {1} ({2}) and of {3} are in different subnets": "{1}（{2}）和 {3} 的 {0} 不在同一子网",
  "give them addresses of one subnet": "给它们同一子网的地址",

  // as-real-server.ts
  "{0} has no effect: no director is a real server of another director with keepalived":
    "{0} 不起作用：没有分发器在 keepalived 下充当另一台分发器的真实服务器",
  "take it out, or name a director as a real server": "删除它，或把某台分发器写成真实服务器",
  "{0} does not work for {1}, which is a director itself": "{0} 不能用于 {1}，它自己就是分发器",
  'set its forwarding to "dr", or remove it from the real servers':
    '把它的 forwarding 设为 "dr"，或从真实服务器中删除',
  "unknown MAC address of the director {0}: the others would schedule its packets again":
    "分发器 {0} 的 MAC 地址未知：其他分发器会把它发来的数据包再调度一次",
  "duplicate MAC address {0}: another director has it": "MAC 地址 {0} 重复：另一台分发器已经使用",
  'write it as hosts.{0}.mac, or choose "master-only"': '请写在 hosts.{0}.mac，或选择 "master-only"',

  // directors.ts
  "unknown host {0}": "未知主机 {0}",
  "the hosts are": "已有主机",
  "duplicate director {0}": "分发器 {0} 重复",
  "list it once: the order is the order of priorities": "只写一次：先后次序就是优先级",
  "{0} directors with engine {1} would all claim the VIP": "{0} 台分发器使用引擎 {1}，会同时占用 VIP",
  'name one director, or set engine to "keepalived"': '只写一台分发器，或把 engine 设为 "keepalived"',
  "{0} is a director and a real server: two directors would send one packet to and fro":
    "{0} 既是分发器又是真实服务器：两台分发器会把同一个数据包互相转来转去",
  "remove it from one role, or set directors.asRealServer": "去掉其中一个角色，或设置 directors.asRealServer",

  // floating-addresses.ts, floating-hosts.ts, halves.ts
  "duplicate name {0}": "名称 {0} 重复",
  "give each floating address its own name": "每个浮动地址用各自的名称",
  "{0}'s own address": "{0} 自己的地址",
  "an address of the directors' master": "分发器之主的地址",
  "the floating address {0}": "浮动地址 {0}",
  "choose an address that nothing else has": "请用没有被占用的地址",
  "duplicate host {0} of {1}": "{1} 的主机 {0} 重复",
  "{0} has one host: nothing takes over when it fails": "{0} 只有一台主机：它故障时没有主机接管",
  "add a second host": "请添加第二台主机",
  "{0} is a director with the engine ipvsadm, and keepalived moves floating addresses":
    "{0} 是使用引擎 ipvsadm 的分发器，而浮动地址由 keepalived 转移",
  'set directors.engine to "keepalived", or use a host that is no director':
    '把 directors.engine 设为 "keepalived"，或改用不是分发器的主机',
  '"preemptDelay" has no effect: no host takes {0} over from another that works':
    '"preemptDelay" 不起作用：没有主机会从正常的主机那里抢占 {0}',
  'set "preempt" to true, or remove "preemptDelay"': '把 "preempt" 设为 true，或删除 "preemptDelay"',
  "some hosts of {0} have a priority, others have none": "{0} 的主机有的写了优先级，有的没写",
  "give one to each of them, or to none: then the order decides":
    "要么每台都写，要么都不写：不写时按先后次序",
  "{0} and {1} have the same priority {2}": "{0} 和 {1} 的优先级都是 {2}",
  "give each host its own: the highest has the address": "每台主机各写一个：最高者持有地址",
  'the topology has neither "virtualServices" nor "floatingAddresses"':
    '拓扑既没有 "virtualServices"，也没有 "floatingAddresses"',
  'add "virtualServices" with "directors" to balance connections, or "floatingAddresses" for addresses that move':
    '要分发连接，请添加 "virtualServices" 和 "directors"；要让地址可以转移，请添加 "floatingAddresses"',
  "no host balances the virtual services": "没有主机分发这些虚拟服务",
  'add "directors", for example { "hosts": ["pi1"] }': '添加 "directors"，例如 { "hosts": ["pi1"] }',
  "the directors have nothing to balance": "分发器没有可分发的服务",
  'add "virtualServices", or remove "directors": floating addresses need none':
    '添加 "virtualServices"，或删除 "directors"：浮动地址不需要分发器',

  // hosts.ts
  "{0} has no operating system": "{0} 没有写操作系统",
  'add "os" here or in "defaults", for example "debian-12"':
    '在这里或在 "defaults" 中添加 "os"，例如 "debian-12"',
  "{0} does not have the init system {1}": "{0} 没有 init 系统 {1}",
  'remove "init" for the default; it has {0}': '删除 "init" 即用默认值；可用的是 {0}',
  "reassert needs systemd's timers, and this host's init system is sysv":
    "reassert 需要 systemd 的定时器，而这台主机的 init 系统是 sysv",
  'remove "reassert", or configure the network manager to keep addresses that it did not set':
    '删除 "reassert"，或让网络管理程序保留不是它设置的地址',
  "the package mirrors no longer have {0}: a missing program cannot be installed from them":
    "软件包镜像已不再提供 {0}：缺少的程序无法从镜像安装",
  "set packages.mirror.main, install the programs beforehand, or upgrade":
    "设置 packages.mirror.main，事先装好程序，或升级",
  "set packages.mirror.main (the project's archive is {0}), install the programs beforehand, or upgrade":
    "设置 packages.mirror.main（官方归档为 {0}），事先装好程序，或升级",
  "reserved host name {0}: {1}": "主机名 {0} 是保留名：{1}",
  "give the host another name; it may differ from its hostname": "请给主机换一个名称；它可以与 hostname 不同",
  "the folder of the Ansible project": "Ansible 项目的目录",
  "Ansible's group of all hosts": "Ansible 中所有主机的组",
  "Ansible's group of hosts without another group": "Ansible 中未分组主机的组",
  "the inventory's group of directors": "清单 (inventory) 中分发器的组",
  "the machine that Ansible runs on": "运行 Ansible 的机器",
  "setup.sh needs none of it": "setup.sh 不需要它",
  "no ansible-core from {0} on can manage {1}, whose Python is {2}":
    "{0} 起的 ansible-core 都无法管理 {1}，它的 Python 是 {2}",
  "use setup.sh there, and exclude the host from Ansible's runs with --limit":
    "那台主机请用 setup.sh，并在运行 Ansible 时用 --limit 排除它",
  "ansible-core can manage {0} up to release {1}, as its Python is {2}":
    "管理 {0} 的 ansible-core 最高到 {1}，因为它的 Python 是 {2}",
  "use ansible-core {0} to {1} for it; {2}": "请用 ansible-core {0} 到 {1} 管理它；{2}",

  // ignored.ts
  "duplicate entry for {0}": "{0} 的条目重复",
  "this topology has no warning {0}": "这份拓扑没有警告 {0}",
  "remove the entry: it would hide a warning that nobody has looked at":
    "请删除该条目：它会掩盖没有人看过的警告",
  "{0} is an error, and only warnings can be ignored": "{0} 是错误，只有警告可以忽略",
  "fix what it reports, and remove the entry": "请修正它指出的问题，并删除该条目",
  "{0} cannot be ignored": "{0} 不能忽略",
  "remove the entries that have no effect": "请删除不起作用的条目",
  "unknown code {0}": "未知代码 {0}",
  "the warnings are": "已有警告",

  // keepalived.ts, network-managers.ts
  'set directors.engine to "keepalived", or remove the setting':
    '把 directors.engine 设为 "keepalived"，或删除该设置',
  "{0} needs keepalived, and the engine is ipvsadm": "{0} 需要 keepalived，而引擎是 ipvsadm",
  "keepalived has one director: nothing takes over when it fails":
    "keepalived 只有一台分发器：它故障时没有主机接管",
  "add a second director": "请添加第二台分发器",
  "{0} of {1} can remove the VIP from the director {2}, and nothing restores it":
    "{1} 的 {0} 可能删除分发器 {2} 上的 VIP，而且没有什么会恢复它",
  'set "reassert": 60, or {0}': '设置 "reassert": 60，或{0}',
  "add the VIP to the interface's profile": "把 VIP 加到该接口的配置中",
  "set KeepConfiguration=yes for the interface": "为该接口设置 KeepConfiguration=yes",

  // provision.ts
  "no service sends {0} anything that a web server could answer":
    "没有服务会把 Web 服务器能应答的请求交给 {0}",
  'make it a real server of a TCP service, or remove "webServer"':
    '让它成为某个 TCP 服务的真实服务器，或删除 "webServer"',
  "the web server that setup.sh provides on {0} has no certificate: it does not answer {1}":
    "setup.sh 在 {0} 上配置的 Web 服务器没有证书：它不会应答 {1}",
  'configure TLS on {0} by hand, or remove "webServer" if the application has its own':
    '请在 {0} 上手工配置 TLS；如果应用自带 Web 服务器，请删除 "webServer"',
  "the web server of {0} would listen on {1} ports": "{0} 的 Web 服务器要监听 {1} 个端口",
  'narrow the ports of the firewall mark to at most {0}, or remove "webServer"':
    '把防火墙标记的端口减少到 {0} 个以内，或删除 "webServer"',
  'the mirror "security" needs "main" too': '镜像 "security" 还需要 "main"',
  'add "main": setup.sh replaces the host\'s own sources with both':
    '添加 "main"：setup.sh 用这两者替换主机原有的软件源',
  "apt of {0} does not support https": "{0} 的 apt 不支持 https",
  "use http, as apt checks signatures, or install apt-transport-https beforehand":
    "请用 http（apt 会检查签名），或事先安装 apt-transport-https",
  "hosts of {0} would share this mirror": "{0} 的主机会共用这个镜像",
  "set packages.mirror.main on each host of another distribution":
    "在其他发行版的每台主机上设置 packages.mirror.main",
  "unknown version of ipvsadm: the name {0} has none": "ipvsadm 的版本未知：名称 {0} 中没有版本",
  "use a name such as ipvsadm-1.31.tar.gz, or set versions.ipvsadm":
    "请用 ipvsadm-1.31.tar.gz 这样的名称，或设置 versions.ipvsadm",
  "remove it: packages of Red Hat Enterprise Linux come by subscription":
    "请删除：Red Hat Enterprise Linux 的软件包通过订阅获得",
  "remove it: only Debian and its derivatives have separate security updates":
    "请删除：只有 Debian 及其衍生版有单独的安全更新",
  "remove it: only Raspberry Pi OS has packages there": "请删除：只有 Raspberry Pi OS 的软件包在那里",
  "remove it: EPEL is for Red Hat Enterprise Linux, its rebuilds and CentOS":
    "请删除：EPEL 用于 Red Hat Enterprise Linux、它的重构版和 CentOS",
  "no host uses a mirror of {0}": "没有主机使用 {0} 的镜像",
  "{0} does not use a mirror of {1}": "{0} 不使用 {1} 的镜像",

  // roles.ts, routes.ts
  '"{0}" has no effect: {1} is neither a director nor a real server':
    '"{0}" 不起作用：{1} 既不是分发器，也不是真实服务器',
  'give the host a role, or remove "{0}"': '给主机一个角色，或删除 "{0}"',
  '"sysctls" has no effect: {0} is not a director': '"sysctls" 不起作用：{0} 不是分发器',
  'move them to a director, or to "sysctls" at the top for all directors':
    '把它们移到某台分发器，或移到顶层的 "sysctls"，对所有分发器有效',
  "the gateway {0} is in no subnet of {1}": "网关 {0} 不在 {1} 的任何子网中",
  "correct the gateway, or the prefix length of the interface that leads to it":
    "请更正网关，或通往它的接口的前缀长度",
  "the next hop {0} is in no subnet of {1}": "下一跳 {0} 不在 {1} 的任何子网中",
  "use the router's address on the host's own segment": "请用路由器在主机所在网段的地址",
  "{0} is IPv{1}, and the next hop {2} is IPv{3}": "{0} 是 IPv{1}，而下一跳 {2} 是 IPv{3}",
  "use the router's IPv{0} address": "请用路由器的 IPv{0} 地址",
  "{0} has host bits: the whole network {1}/{2} is routed": "{0} 含有主机位：实际路由的是整个网络 {1}/{2}",
  "write {0}/{1}, or {2}/{3} for the one host": "请写 {0}/{1}；只要这一台主机则写 {2}/{3}",

  // sync.ts, sysctls.ts
  "unknown interface {0} on the director {1}": "分发器 {1} 上没有接口 {0}",
  "{0} of the director {1} has no IPv4 address to send from": "分发器 {1} 的 {0} 没有 IPv4 地址，无法发送",
  "{0} is not a multicast address": "{0} 不是组播地址",
  'remove "group" for 224.0.0.81, or choose one of 239.0.0.0/8':
    '删除 "group" 即用 224.0.0.81，或从 239.0.0.0/8 中选一个',
  "connectionSync has no effect: there is one director": "connectionSync 不起作用：只有一台分发器",
  "remove connectionSync, unless a director that is not in the topology listens":
    "请删除 connectionSync，除非有拓扑之外的分发器在接收",
  "connectionSync does not support the IPv{0} address of {1} for an IPv{2} VIP":
    "对于 IPv{2} 的 VIP，connectionSync 不支持 {1} 的 IPv{0} 地址",
  "reach it at an address of the VIP's family, or remove connectionSync":
    "请用与 VIP 同一协议族的地址访问它，或删除 connectionSync",
  "clients of a removed real server hang on {0} until their connections time out":
    "真实服务器移除后，它的客户端会卡在 {0} 上，直到连接超时",
  'remove "expireNodestConn": lvsgen turns it on': '请删除 "expireNodestConn"：lvsgen 会开启它',

  // track-weights.ts, tracks.ts
  "the weight {0} never changes who has the address: priorities differ by more":
    "权重 {0} 永远不会改变谁持有地址：优先级之差更大",
  "make it greater than the difference of the priorities, or leave it out: then the host gives up while the track fails":
    "让它大于优先级之差，或不写：不写时，跟踪失败期间主机放弃地址",
  "the weight has no effect: without preempt, no host takes over from one that works":
    "权重不起作用：没有 preempt 时，没有主机会从正常的主机那里抢占",
  'set "preempt" to true, or remove "weight": then the host gives up while the track fails':
    '把 "preempt" 设为 true，或删除 "weight"：删除后，跟踪失败期间主机放弃地址',
  "the weight moves the address only after preemptDelay, {0} s":
    "该权重要等 preemptDelay 的 {0} 秒之后才会转移地址",
  'remove "preemptDelay", or remove "weight": then the host gives up while the track fails, and nobody waits':
    '去掉 "preemptDelay"，或去掉 "weight"：这样跟踪失败期间主机会让出地址，其他主机也无需等待',
  "{0} is watched in any case: adverts go over it": "{0} 本来就受监视：通告从它发出",
  "remove the track": "请删除这个跟踪项",
  "{0} moves: other hosts would ask the one that has it, not themselves":
    "{0} 会转移：其他主机询问的将是持有它的主机，而不是自己",
  'remove "address": then the host asks itself': '请删除 "address"：这样主机询问自己',
  "root would run {0}, which other users can replace": "root 会运行 {0}，而其他用户可以替换它",
  'move it to /usr/local/sbin, owned by root, or set "user"':
    '把它移到 /usr/local/sbin，属主为 root，或设置 "user"',
  "keepalived {0} on {1} does not run {2}: its folder is a link":
    "{1} 上的 keepalived {0} 不会运行 {2}：它所在的目录是符号链接",
  "write /usr{0}": "写成 /usr{0}",
  "this track is number {0} of the list, too": "此跟踪项与列表中的第 {0} 项相同",
  "a track of the type {0} does not use {1}": "{0} 类型的跟踪项不使用 {1}",
  "the track has no {0}, which the type {1} needs": "跟踪项缺少 {0}，{1} 类型需要它",
  "add {0}": "请添加 {0}",
  "remove it, or use the type {0}": "请删除它，或改用类型 {0}",

  // virtual-routers.ts, vrrp-password.ts
  "duplicate virtual router id {0} on one segment: {1} and {2} do not move together":
    "同一网段的虚拟路由器 ID {0} 重复：{1} 和 {2} 并不一起转移",
  'set "virtualRouterId" of a floating address to another number, or give VIPs the same interfaces on every director':
    '给浮动地址换一个 "virtualRouterId"，或让这些 VIP 在每台分发器上使用同样的接口',
  "the advert interval {0} s is too long: VRRP version 3 allows {1} s":
    "通告间隔 {0} 秒太长：VRRP 第 3 版最多 {1} 秒",
  "choose a shorter interval, or whole seconds with IPv4 only": "请缩短间隔，或只用 IPv4 并取整秒",
  "a floating address": "浮动地址",
  "choose an address that no host and no service has": "请用没有被任何主机或服务占用的地址",
  "the director {0}": "分发器 {0}",
  "add such an address to the interface, or choose an interface that has one":
    "给接口添加这样的地址，或改用已有这种地址的接口",
  "{0} has no interface for {1}": "{0} 没有可以承载 {1} 的接口",
  "{0} of {1} has no IPv{2} address to send adverts from": "{1} 的 {0} 没有 IPv{2} 地址，无法发送通告",
  "IPv6 addresses need VRRP version 3, which has no password": "IPv6 地址需要 VRRP 第 3 版，而它没有密码",
  "adverts each {0} s need VRRP version 3, which has no password":
    "每 {0} 秒一次的通告需要 VRRP 第 3 版，而它没有密码",
  'remove "authPassword"': '请删除 "authPassword"',
  "the password has {0} characters: VRRP allows {1}": "密码有 {0} 个字符：VRRP 最多允许 {1} 个",
  "shorten it, or remove it": "请缩短或删除它",
  "VRRP sends the password in the clear: it protects nothing": "VRRP 以明文发送密码：它起不到保护作用",
  "remove it, and allow protocol 112 from the other directors only":
    "请删除它，并只允许来自其他分发器的 112 号协议",
  "set the variable or write the file; its path is relative to the topology's folder":
    "请设置该变量或写好该文件；文件路径相对于拓扑所在目录",

  // units.ts
  "it decides which host is master": "它决定哪台主机是主",
  "the host is reached by it": "主机靠它才能访问",
  "the host's network needs it": "主机的网络需要它",
  "beside runOnMaster, {0} can have notify or notifyOn, not both":
    "除 runOnMaster 外，{0} 只能有 notify 或 notifyOn 之一",
  "have one program do both": "请让一个程序完成两件事",
  "{0} is a {1}, not a service": "{0} 是 {1}，不是 service",
  "name the service that it starts": "请写它启动的 service",
  "{0} has init scripts, and {1} is no name of one": "{0} 使用 init 脚本，而 {1} 不能作脚本名",
  "use letters, digits, and . _ + -": "请用字母、数字和 . _ + -",
  "{0} must run on every host: {1}": "{0} 必须在每台主机上运行：{1}",
  "remove it from runOnMaster": "请从 runOnMaster 中删除",
  "{0} runs with {1}, too, which may be on another host: it then runs on both":
    "{0} 也随 {1} 运行，而后者可能在另一台主机上：这时两台都会运行它",
  "give both addresses the same hosts and settings, so that they move together":
    "请让两个地址的主机和设置相同，使它们一起转移",
  "{0} runs on the master of {1} alone, so that no other host can become master":
    "{0} 只在持有 {1} 的主上运行，因此其他主机无法成为主",
  "remove the track, or remove {0} from runOnMaster": "请删除这个跟踪项，或从 runOnMaster 中删除 {0}",
  "{0} runs on the master of {1} alone: its weight never moves the address":
    "{0} 只在持有 {1} 的主上运行：它的权重从不使地址转移",
  "if {0} answers at port {1}, no host without {2} can become master":
    "如果在端口 {1} 应答的是 {0}，则没有 {2} 的主机无法成为主",
  "track something that works before it runs; if another program answers there, ignore this":
    "请跟踪在它运行之前就正常的东西；如果在该端口应答的是其他程序，请忽略此项",
};
