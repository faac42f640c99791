/** src/diff: what changes between two topologies. Terms as in docs/glossary.md. */

import type { Catalogue } from "../say.ts";

export const diff: Catalogue = {
  "{0} {1} -> {2}": "{0}：{1} -> {2}",
  added: "新增",
  removed: "移除",
  none: "无",
  on: "开",
  off: "关",
  unknown: "未知",
  name: "名称",
  files: "文件",
  "no host's files change": "没有主机的文件变化",
  "Some open connections end.": "部分已有连接会中断。",
  "Open connections may end.": "已有连接可能中断。",
  "Open connections finish; some servers get no new ones.": "已有连接会正常结束；部分服务器不再接收新连接。",
  "Open connections stay.": "已有连接保持不变。",
  "No connected client notices.": "已连接的客户端不会察觉。",

  // directors.ts
  cluster: "集群",
  "name of the cluster": "集群名称",
  "comments and the name of keepalived's sync group change": "注释和 keepalived 同步组的名称会变化",
  "the kernel's": "内核默认值",
  "tcp {0} s, tcpFin {1} s, udp {2} s": "tcp {0} 秒，tcpFin {1} 秒，udp {2} 秒",
  "open connections get the new timeouts with their next packet; one that is idle for longer expires":
    "已有连接从下一个数据包起使用新的超时；空闲更久的连接会过期",
  "hosts in order of priority": "主机（按优先级）",
  "if the VIP moves to another director, its connections end, unless they are synchronised and the forwarding is dr or tun":
    "如果 VIP 移到另一台分发器，它的连接会中断，除非启用了连接同步并且转发方式是 dr 或 tun",
  "VIPs and services move from one program to the other: expect connections to end":
    "VIP 和服务从一个程序移交给另一个：连接很可能会中断",
  "directors as real servers": "分发器兼作真实服务器",
  "services get another key in the IPVS table, or are idle on standby directors: until all directors have the change, packets may loop":
    "服务在 IPVS 表中换了键，或在备分发器上不工作：在所有分发器都更新之前，数据包可能循环转发",
  "open connections stay; the other director learns them again": "已有连接保持；另一台分发器会重新学到它们",
  mail: "邮件",
  "to {0} from {1} by {2}": "收件人 {0}，发件人 {1}，服务器 {2}",
  "failures are reported to other addresses": "故障通知发往其他地址",
  "until all directors have it, each may be master, and connections may break: change the standby first, at a quiet time":
    "在所有分发器都更新之前，每台都可能成为主，连接可能中断：请在空闲时段先改备机",
  "advert interval": "通告间隔",
  preempt: "抢占",
  "no effect now; it decides whether a director that returns takes over, which ends connections":
    "目前没有影响；它决定恢复的分发器是否接管，接管会中断连接",
  adverts: "通告方式",
  unicast: "单播",
  "link of the adverts": "通告所用的接口",
  "that of the VIP": "VIP 所在的接口",
  "password changes": "密码有变化",
  "a director whose track fails gives the VIP up, or loses priority":
    "跟踪项失败的分发器会放弃 VIP，或降低优先级",
  "{0}/{1} id {2} on {3}": "{0}/{1}，ID {2}，接口 {3}",
  "servers that use one as their gateway lose their return path while it moves":
    "以它为网关的服务器在地址迁移期间没有返回路径",

  // floating.ts
  "floating address {0} {1}": "浮动地址 {0} {1}",
  "{0} (priority {1})": "{0}（优先级 {1}）",
  "until all hosts have it, each may be master, and connections may break: change the standby first, at a quiet time":
    "在所有主机都更新之前，每台都可能成为主，连接可能中断：请在空闲时段先改备机",
  "the address may move to another host, which ends its connections":
    "地址可能移到另一台主机，它的连接会因此中断",
  "keepalived starts a new instance for it: the address leaves its host for a moment":
    "keepalived 会为它启动新的实例：地址会短暂离开主机",
  "prefix length": "前缀长度",
  "the address is removed and added again": "地址会先删除再添加",
  "with preempt, a host of higher priority that works takes the address over at once":
    "启用抢占后，优先级更高且正常的主机会立即接管地址",
  "preempt delay": "抢占延迟",
  "no effect now; it decides when a host that returns takes the address over":
    "目前没有影响；它决定恢复的主机何时接管地址",
  "a host whose track fails gives the address up, or loses priority":
    "跟踪项失败的主机会放弃地址，或降低优先级",
  "as {0}": "（用户 {0}）",
  "keepalived runs it at the next change of state": "keepalived 在下一次状态变化时运行它",
  "listening beforehand": "提前监听",
  "programs that listen already are not affected": "已在监听的程序不受影响",
  "no host has the address any more: its connections end": "不再有主机持有此地址：它的连接会中断",
  "moves between {0}": "在 {0} 之间移动",

  "programs by state": "各状态的程序",
  "keepalived runs them at the next change to that state": "keepalived 在下一次变为该状态时运行它们",
  "units of the master": "主上的单元",
  "units that are new in the list stop on hosts without the address":
    "列表中新增的单元会在没有该地址的主机上停止",
  announcements: "地址通告",
  "{0} and after {1} s, {2} every {3} s": "立即 {0} 次，{1} 秒后再一轮，每 {3} 秒 {2} 次",
  "it decides how neighbours hear of the next master": "它决定邻居如何得知下一个主",

  // hosts.ts
  "host {0}": "主机 {0}",
  joins: "加入",
  leaves: "离开",
  "run its setup.sh before the directors send it anything": "在分发器向它转发之前，先运行它的 setup.sh",
  "when the directors have their new files, take lvsgen off it (lvsgen retire)":
    "分发器换上新文件后，用 lvsgen retire 从该主机卸载 lvsgen",
  "its files are for the new system; lvsgen does not install it": "它的文件面向新系统；lvsgen 不会安装系统",
  "stop and uninstall the old service first, or both start it": "先停止并卸载旧服务，否则两者都会启动它",
  "lvsgen uses the features of this kernel; it does not install it":
    "lvsgen 会使用此内核的功能；它不会安装内核",
  addresses: "地址",
  "lvsgen does not change a host's own addresses: do that first; connections to an old address end":
    "lvsgen 不改主机自己的地址：请先自行修改；到旧地址的连接会中断",
  "MAC addresses": "MAC 地址",
  "directors recognise each other's packets by them": "分发器靠它们识别彼此的数据包",
  "none from lvsgen": "lvsgen 不提供",
  "setup.sh installs or removes the web server": "setup.sh 会安装或移除 Web 服务器",
  "package mirrors": "软件包镜像",
  "the host's own": "主机自己的",
  "packages come from other mirrors": "软件包来自其他镜像",
  ipvsadm: "ipvsadm",
  "package {0}": "软件包 {0}",
  "built from {0}": "由 {0} 编译",
  "setup.sh installs another ipvsadm; the kernel's table stays":
    "setup.sh 会安装另一个 ipvsadm；内核中的表不变",
  "lvsgen reaches the host another way": "lvsgen 换一种方式连接主机",
  reload: "reload",
  "only by hand": "只手动执行",
  "every {0} s": "每 {0} 秒",
  "a reload changes only what differs": "reload 只修改有差异的部分",
  gateway: "网关",
  "answers may take another path": "应答可能改走其他路径",
  "{0} via {1}": "{0} 经由 {1}",
  "packets to these networks take another path": "发往这些网络的数据包改走其他路径",
  firewall: "防火墙",
  "lvsgen adds or removes its own firewall rules only": "lvsgen 只增删自己的防火墙规则",
  "the kernel uses them from the next packet on": "内核从下一个数据包起使用新值",

  // services.ts
  "service {0}": "服务 {0}",
  "service {0}, {1}": "服务 {0}，{1}",
  "added: {0}": "新增：{0}",
  "removed: {0}": "移除：{0}",
  "moves from {0} to {1}": "从 {0} 移到 {1}",
  "firewall mark {0} of IPv{1} on {2}": "{2} 上 IPv{1} 的防火墙标记 {0}",
  "clients can connect as soon as its servers and then the director are set up":
    "先设置好它的服务器，再设置分发器，之后客户端即可连接",
  "all its connections end, and no client can connect": "它的所有连接都会中断，客户端无法再连接",
  "open connections stay where they are; new ones use the new setting": "已有连接保持不变；新连接使用新设置",
  "open connections stay; keepalived uses the new setting after its reload":
    "已有连接保持；keepalived 重新加载后使用新设置",
  "open connections stay; keepalived uses the new setting after its reload, and a server that fails the new check gets no connections":
    "已有连接保持；keepalived 重新加载后使用新设置，未通过新检查的服务器不再接收连接",
  "only comments and messages change": "只有注释和提示信息变化",
  "packets to a port without the mark are no longer balanced: connections there end":
    "发往没有标记的端口的数据包不再被分发：那里的连接会中断",
  "open connections stay; clients that come back may get another server":
    "已有连接保持；再次连接的客户端可能换一台服务器",
  "{0} s by /{1}": "{0} 秒，按 /{1}",
  "{0} s by /{1} and {2}": "{0} 秒，按 /{1} 和 {2}",
  "return path of nat answers": "nat 应答的返回路径",
  "answers change their path while servers and director are updated: apply it when few clients are connected":
    "更新服务器和分发器期间，应答的路径会变化：请在客户端较少时应用",
  "{0} -> {1} of {2}": "{2} 的 {0} -> {1}",
  "interface of the VIP {0}": "VIP 的接口：{0}",
  "the VIP is unreachable for a moment, until its neighbours learn its new place":
    "VIP 会短暂不可达，直到邻居学到它的新位置",
  quorum: "法定数量",
  "(not managed)": "（不受管理）",
  "the address stays; another host gets scripts": "地址不变；脚本改为生成给另一台主机",
  forwarding: "转发方式",
  "open connections keep the old method while the server is still set up for it; new ones use the new method":
    "服务器保留旧设置期间，已有连接沿用旧方式；新连接使用新方式",
  "gue port {0}": "gue 端口 {0}",
  "packets use the new tunnel at once: server and director must change together":
    "数据包立即使用新隧道：服务器和分发器必须同时修改",
  "upper threshold": "上限阈值",
  "open connections stay, even above the threshold": "已有连接保持，即使超过阈值",
  "lower threshold": "下限阈值",
  "open connections stay": "已有连接保持",
  "{0} added, {1}, weight {2}": "新增 {0}，{1}，权重 {2}",
  "gets no connections yet": "暂时不接收连接",
  "open connections stay; it gets its share of new ones": "已有连接保持；它会分到一部分新连接",
  "{0} removed": "移除 {0}",
  "its open connections end at the next packet (expire_nodest_conn); set weight 0 first, and wait, to let them finish":
    "它的已有连接在下一个数据包时中断 (expire_nodest_conn)；要让连接正常结束，请先把权重设为 0 并等待",
  "packets of its open connections are dropped until they time out; set weight 0 first, and wait, to let them finish":
    "它的已有连接的数据包会被丢弃，直到超时；要让连接正常结束，请先把权重设为 0 并等待",
  "{0} weight {1} -> {2}": "{0} 权重 {1} -> {2}",
  "gets new connections again": "重新接收新连接",
  "open connections stay; its share of new ones changes": "已有连接保持；它分到的新连接份额有变化",
  "drains: open connections finish, new ones go elsewhere":
    "摘除流量：已有连接正常结束，新连接去往其他服务器",
  "drains: open connections finish, new ones go elsewhere; clients that return go to other servers, in spite of persistence (expire_quiescent_template)":
    "摘除流量：已有连接正常结束，新连接去往其他服务器；再次连接的客户端即使有会话保持也去往其他服务器 (expire_quiescent_template)",
  "drains: open connections finish, new ones go elsewhere; clients that return still go to it until their persistence times out":
    "摘除流量：已有连接正常结束，新连接去往其他服务器；再次连接的客户端在会话保持超时之前仍去往它",
  "only clients of a sorry server notice": "只有正在使用备用服务器的客户端会察觉",
};
