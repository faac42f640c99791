/** src/import: notes, and the imported topology. Terms as in docs/glossary.md. */

import type { Catalogue } from "../say.ts";

export const importing: Catalogue = {
  "{0} note": "{0} 条说明",

  // import-topology.ts
  "files are not read here": "此处不读取文件",
  "import one keepalived.conf, or one output of 'ipvsadm -Sn'":
    "请导入一份 keepalived.conf，或一份 'ipvsadm -Sn' 的输出",
  "service without a real server": "服务没有真实服务器",
  "add one, and import again": "添加一台，再重新导入",
  "no virtual service could be read: {0}": "没有读出任何虚拟服务：{0}",
  "no virtual service with a real server": "没有带真实服务器的虚拟服务",
  "import the whole output of 'ipvsadm -Sn': a topology needs its -A and -a lines":
    "请导入 'ipvsadm -Sn' 的完整输出：拓扑需要其中的 -A 和 -a 行",
  "import an ldirectord.cf with a virtual and its real lines":
    "请导入含有 virtual 及其 real 行的 ldirectord.cf",
  "import the director's script, which calls ipvsadm -A and -a, or the output of 'ipvsadm -Sn' there":
    "请导入分发器上调用 ipvsadm -A 和 -a 的脚本，或在那里执行 'ipvsadm -Sn' 的输出",

  // notes-text.ts
  "What happens to packets": "影响数据包的",
  Placeholders: "占位值",
  "Anything else": "其他",
  "{0} ({1}):": "{0} ({1})：",

  // recognise.ts, templates.ts
  "the text is a list of connections (ipvsadm -Lnc), which has neither schedulers nor forwarding methods":
    "此文本是连接列表 (ipvsadm -Lnc)，其中没有调度算法，也没有转发方式",
  "import the output of 'ipvsadm -Sn' instead": "请改为导入 'ipvsadm -Sn' 的输出",
  "the text is JSON, like the output of 'ip -j addr'": "此文本是 JSON，像是 'ip -j addr' 的输出",
  "import the output of 'ipvsadm -Sn', and pass this one with --addresses":
    "请导入 'ipvsadm -Sn' 的输出，并用 --addresses 传入这一份",
  "the text looks like a topology": "此文本像是一份拓扑",
  "run 'lvsgen validate' on it": "请对它运行 'lvsgen validate'",
  "unknown kind of text: neither 'ipvsadm -Sn' output, nor a keepalived.conf, nor a script that calls ipvsadm or ip":
    "无法识别的文本：既不是 'ipvsadm -Sn' 的输出，也不是 keepalived.conf，也不是调用 ipvsadm 或 ip 的脚本",
  "run 'ipvsadm -Sn' on the director as root and import its output":
    "在分发器上以 root 运行 'ipvsadm -Sn'，再导入其输出",
  "the text is larger than 16 MiB": "文本大于 16 MiB",
  "import one cluster at a time": "请一次导入一个集群",
  "run 'ipvsadm -Sn' as root: it prints nothing otherwise": "请以 root 运行 'ipvsadm -Sn'：否则它没有输出",
  "an ERB template (<% %>)": "ERB 模板 (<% %>)",
  "a Jinja2 template ({% %})": "Jinja2 模板 ({% %})",
  "a Go template ({{ . }})": "Go 模板 ({{ . }})",
  "a Handlebars or Mustache template ({{# }})": "Handlebars 或 Mustache 模板 ({{# }})",
  "a Jinja2 template ({{ }})": "Jinja2 模板 ({{ }})",
  "a Terraform template (%{ })": "Terraform 模板 (%{ })",
  "the text is {0}, not what a director has": "此文本是 {0}，不是分发器上的文件",
  "render it first: import the file that it becomes on the director": "请先渲染：导入它在分发器上生成的文件",

  // topology-yaml.ts
  "Imported by lvsgen from a running cluster. Check every line with a comment: it has a placeholder, or differs from the imported text. Then run 'lvsgen validate' and 'lvsgen lab' on it;":
    "由 lvsgen 从运行中的集群导入。请检查每个带注释的行：那里是占位值，或与导入的文本不同。然后对它运行 'lvsgen validate' 和 'lvsgen lab'；",
  "'lvsgen schema --write' puts the schema for your editor beside it.":
    "'lvsgen schema --write' 会把供编辑器使用的 schema 放在它旁边。",
  "Of the imported text this topology does not have, or has another way:":
    "导入的文本中，以下内容在此拓扑中没有，或写法不同：",
  "{0}.": "{0}。",
  "and {0} more": "另有 {0} 条",
  "To do: {0}.": "待办：{0}。",

  // assemble/carriers.ts, checks.ts
  "{0} on {1} is left out: clients' packets do not come in there":
    "略去 {1} 上的 {0}：客户端的数据包不从那里进入",
  "keep it by hand": "请手工保留",
  "no health check, and the sorry server would never answer: a tcp check is the placeholder":
    "没有健康检查，备用服务器永远不会应答：暂用 tcp 检查作占位",
  "choose a check": "请选择一种检查",
  "{0} has no check; in the topology it gets the {1} check of {2}":
    "{0} 没有检查；在拓扑中它使用 {2} 的 {1} 检查",
  "make sure that it answers that check, or write two services": "请确认它能通过该检查，或写成两个服务",
  "{0} has another check than {1}, whose check all get: {2}":
    "{0} 的检查与 {1} 不同，而全部都使用后者的检查：{2}",
  "(none)": "（无）",
  "choose a check for all servers, or write two services": "请为所有服务器选择同一种检查，或写成两个服务",
  "{0} is checked on no port; in the topology all servers are on {1}":
    "{0} 的检查没有端口；在拓扑中所有服务器都检查 {1}",
  "{0} is checked on its port {1}; in the topology all servers are on {2}":
    "{0} 在自己的端口 {1} 上检查；在拓扑中所有服务器都检查 {2}",
  "choose a port that all have, or write two services": "请选择大家都有的端口，或写成两个服务",
  "unknown port of the check, as neither the service nor its servers have one: {0} is the placeholder":
    "检查的端口未知，因为服务和它的服务器都没有端口：占位值为 {0}",
  "set healthCheck.port": "请设置 healthCheck.port",

  // assemble/marks.ts, return-path.ts
  "unknown VIP and ports of firewall mark {0}, as IPVS does not store them: {1} and the ports {2} are placeholders":
    "防火墙标记 {0} 的 VIP 和端口未知，IPVS 不保存它们：{1} 和端口 {2} 是占位值",
  "set vip, protocol and ports as in the firewall's rules (iptables -t mangle -S, nft list ruleset)":
    "请按防火墙规则设置 vip、protocol 和 ports (iptables -t mangle -S，nft list ruleset)",
  "the VRRP instance with router id {0}": "路由 ID 为 {0} 的 VRRP 实例",
  "unknown return path of nat servers' answers: default-gateway is concluded from {0}, as its {1} moves with the master in the network of {2}":
    "nat 服务器应答的返回路径未知：由 {0} 推断为 default-gateway，因为它的 {1} 在 {2} 所在网络中随主分发器移动",
  "make sure that the servers' default gateway is {0}; otherwise set nat.returnPath":
    "请确认服务器的默认网关是 {0}；否则请设置 nat.returnPath",
  "unknown return path of nat servers' answers: the placeholder is {0}":
    "nat 服务器应答的返回路径未知：占位值为 {0}",
  'set nat.returnPath; most hand-made clusters have "default-gateway"':
    '请设置 nat.returnPath；手工搭建的集群大多是 "default-gateway"',

  // assemble/services.ts
  "no protocol is given: keepalived uses {0} then": "没有给出协议：keepalived 此时使用 {0}",
  "no protocol is given: keepalived uses {0} then; the topology has {1}":
    "没有给出协议：keepalived 此时使用 {0}；拓扑中是 {1}",
  "set protocol to what clients use": "请把 protocol 设为客户端使用的协议",
  "{0} is the director {1}: with several directors a topology needs a strategy for that":
    "{0} 就是分发器 {1}：有多台分发器时，拓扑需要为此指定策略",
  "set directors.asRealServer, or use another server": "请设置 directors.asRealServer，或改用其他服务器",
  "{0} becomes the director {1}, at its own address; a topology with several directors cannot have it":
    "{0} 成为分发器 {1}，使用它自己的地址；有多台分发器的拓扑不能这样",
  "use another host before you add a director": "添加分发器之前，请改用其他主机",
  "a persistent firewall mark": "带会话保持的防火墙标记",
  "{0} keeps each packet's port: the server's port {1} is ignored":
    "{0} 保留每个数据包的端口：服务器的端口 {1} 被忽略",
  "{0} keeps the port {1}: the server's port {2} is ignored": "{0} 保留端口 {1}：服务器的端口 {2} 被忽略",
  'no change is needed; to map ports use forwarding "nat"': '无需修改；要映射端口请用转发方式 "nat"',
  "the sorry server of a topology has no tunnel type": "拓扑中的备用服务器没有隧道类型",
  "check {0}/sorryServer": "请检查 {0}/sorryServer",

  // assemble/topology.ts
  "unknown cluster name: the placeholder is {0}": "集群名称未知：占位值为 {0}",
  "set it with --name": "请用 --name 设置",
  "unknown kernel, which has the scheduler twos: the placeholder is {0}":
    "内核版本未知，它支持调度算法 twos：占位值为 {0}",
  "correct it": "请更正",
  "no service has the VIP {0}": "没有服务使用 VIP {0}",
  "add a service, or do without the address": "请添加服务，或不要此地址",
  "unknown name of the director: the placeholder is {0}": "分发器的名称未知：占位值为 {0}",
  "unknown names of the directors: the placeholders are {0}": "各分发器的名称未知：占位值为 {0}",
  "unknown names and order of the directors: the placeholders are {0}":
    "各分发器的名称和顺序未知：占位值为 {0}",
  "rename under hosts and in directors.hosts, where the first has the highest priority":
    "请在 hosts 和 directors.hosts 中改名，后者排在最前的优先级最高",
  "unknown interface of the VIP {0}: the placeholder is {1}": "VIP {0} 的接口未知：占位值为 {1}",
  "the VIP {0} was on {1}; lvsgen has it on {2}": "VIP {0} 原在 {1} 上；lvsgen 把它放在 {2} 上",
  "no change is needed if clients' packets come in there": "如果客户端的数据包从那里进入，则无需修改",
  "unknown operating system of the hosts: the placeholder is {0}": "主机的操作系统未知：占位值为 {0}",
  "set it with --os, or correct defaults.os and hosts.*.os":
    "请用 --os 设置，或更正 defaults.os 和 hosts.*.os",
  "unknown names and interfaces of the real servers: the placeholders are {0} to {1}, each with eth0":
    "真实服务器的名称和接口未知：占位值为 {0} 至 {1}，接口均为 eth0",
  "unknown names and interfaces of the real servers: the placeholders are {0}, each with eth0":
    "真实服务器的名称和接口未知：占位值为 {0}，接口为 eth0",
  "rename them, and merge hosts that are one machine": "请改名，并合并属于同一台机器的主机",
  "unknown connection thresholds: none are set": "连接阈值未知：均未设置",
  "run 'ipvsadm -Ln --thresholds', and set upperThreshold and lowerThreshold":
    "请运行 'ipvsadm -Ln --thresholds'，并设置 upperThreshold 和 lowerThreshold",

  // assemble/usable.ts
  "a topology can have none of the services: {0}": "这些服务都不能进入拓扑：{0}",
  "they have no servers": "它们没有服务器",
  "{0} cannot be a VIP": "{0} 不能作 VIP",
  "use an address of the directors' network": "请使用分发器所在网络的地址",
  "no real server of the service can be in a topology": "该服务的真实服务器都不能进入拓扑",
  "add one": "请添加一台",
  "{0} is left out: each director itself cannot be a real server of several directors":
    "略去 {0}：有多台分发器时，分发器自身不能作真实服务器",
  "use another server": "请改用其他服务器",
  "{0} is left out: no host has it": "略去 {0}：没有主机有此地址",
  "{0} is left out: it is a VIP of the directors, too": "略去 {0}：它同时是分发器的 VIP",
  "use the server's own address": "请使用服务器自己的地址",
  "{0} is given again with another port, which {1} does not change":
    "{0} 以另一个端口再次出现，而 {1} 不改变端口",
  "add its weight to the first one's": "请把它的权重加到第一个上",
  "the lower threshold {0} is above the upper one, as there is none": "下限阈值 {0} 高于上限，因为没有上限",
  "correct them": "请更正",
  "the persistence engine sip is for UDP alone": "会话保持引擎 sip 只用于 UDP",
  "use protocol udp, or do without": "请用协议 udp，或不要它",
  "quorum {0} is more than the servers weigh together: it becomes {1}":
    "法定数量 {0} 超过所有服务器的权重之和：改为 {1}",
  "correct the quorum or the weights": "请更正法定数量或权重",
  "{0} is a real server of the service, too": "{0} 同时是该服务的真实服务器",
  "{0} is of another family than the service": "{0} 与服务不属于同一地址族",
  "no sorry server: {0}": "没有备用服务器：{0}",
  "use another host as sorry server": "请用其他主机作备用服务器",
  "{0} is a director's own address here, and moves with the master elsewhere: the topology has it move":
    "{0} 在这里是分发器自己的地址，在别处随主分发器移动：拓扑中按移动处理",
  "correct one of the two": "请更正其中之一",
  "{0} cannot be an address of directors": "{0} 不能作分发器的地址",
  "remove it": "请删除",
  "the address {0} is given again": "地址 {0} 重复出现",
  "the address {0} is on {1} already: {2} is left out": "地址 {0} 已在 {1} 上：略去 {2}",
  "another interface": "另一个接口",
  "remove one of them": "请删除其中一个",

  // assemble/vrrp.ts, wiring.ts
  "unknown other directors, as adverts go to the multicast group": "其他分发器未知，因为通告发往组播组",
  "add them to hosts and, in the order of their priorities, to directors.hosts":
    "请把它们加入 hosts，并按优先级顺序加入 directors.hosts",
  "the VIP {0}/{1} becomes {2}/{3}": "VIP {0}/{1} 改为 {2}/{3}",
  "no change is needed: a VIP needs no subnet of its own": "无需修改：VIP 不需要自己的子网",
  "{0} and {1} more": "{0} 等（另有 {1} 个）",
  "who carries {0} is unknown: VRRP with router id {1} is the placeholder":
    "不知道由谁持有 {0}：以路由 ID 为 {1} 的 VRRP 作占位",
  "remove it from what carries it today, and choose an id that no other router of the segment has":
    "请从目前持有它的地方移除，并选择网段内没有其他路由器使用的 ID",
  "{0} has {1}: the topology has {2}/{3}, as its network on {4}":
    "{0} 的前缀是 {1}：拓扑中是 {2}/{3}，与 {4} 上的网络一致",
  "no prefix length": "没有前缀长度",
  "no change is needed if that is the network's": "如果与该网络一致，则无需修改",
  "password not imported: VRRP version 3 has none": "没有导入密码：VRRP 版本 3 没有密码",
  "password not imported: it has characters that a topology does not allow":
    "没有导入密码：其中有拓扑不允许的字符",
  "allow protocol 112 from the other directors only": "请只允许来自其他分发器的协议 112",
  "the password is cut to {0} characters, as keepalived does": "密码截为 {0} 个字符，与 keepalived 一样",
  "no change is needed": "无需修改",
  "unknown prefix length of {0}: the placeholder is {1}": "{0} 的前缀长度未知：占位值为 {1}",
  "import with --addresses (the output of 'ip -j addr'), or correct it":
    "请在导入时加 --addresses（'ip -j addr' 的输出），或更正它",

  // web/src/worker/page-hint.ts
  "change it in the form or in the text": "请在表单或文本中修改",
  "correct defaults.os and hosts.*.os": "请更正 defaults.os 和 hosts.*.os",
  "import the output of 'ipvsadm -Sn'": "请导入 'ipvsadm -Sn' 的输出",
  "keep only the lines that are for one director": "请只保留针对一台分发器的行",
  "start from a first cluster or an example": "请从第一个集群或示例开始",
  "correct it until it has hosts, directors or virtualServices":
    "请更正，直到其中有 hosts、directors 或 virtualServices",
};
