/** Directors that announce their VIPs by BGP: schema, rules, differences. Terms as in docs/glossary.md. */

import type { Catalogue } from "../say.ts";

export const announce: Catalogue = {
  // schemas/topology.schema.json
  "BGP daemon": "BGP 守护进程",
  "condition of an announcement": "通告的条件",
  announcement: "通告",
  "drained directors": "摘除流量的分发器",
  BGP: "BGP",
  "AS number": "AS 号",
  "BGP neighbors": "BGP 邻居",
  "BGP neighbor": "BGP 邻居",
  "hold time": "保持时间",
  MED: "MED",
  communities: "团体属性",
  community: "团体属性",
  "Two or three numbers with colons between.": "两个或三个数字，中间用冒号。",
  "The router's address. Directors with an interface in its subnet speak to it.":
    "路由器的地址。接口在其子网内的分发器与它建立会话。",
  "BGP password, or an object with env or file": "BGP 密码，或含 env 或 file 的对象",
  "Password of the session (TCP MD5, RFC 2385), or the environment variable or file to read it from.":
    "会话的密码（TCP MD5，RFC 2385），或存放它的环境变量或文件。",

  // src/rules/directors.ts, src/rules/reach.ts
  "remove it from one role": "请去掉其中一个角色",
  'correct the address or its prefix length, or use forwarding "tun"':
    '请改正地址或其前缀长度，或使用转发方式 "tun"',

  'remove "port"': '请删除 "port"',
  'remove "nat"': '请删除 "nat"',
  "keep packets small, raise the MTU between director and server, or use dr":
    "让数据包保持较小，增大分发器与服务器之间的 MTU，或改用 dr",
  'make a fwmark of 21 and the server\'s passive ports, with "schedulerFlags": ["mh-fallback"], and have servers name {0} as their address':
    '请把 21 和服务器的被动端口合为一个 fwmark，设置 "schedulerFlags": ["mh-fallback"]，并让服务器以 {0} 为自己的地址',
  'make a "fwmark" of the ports, and set "schedulerFlags" to ["mh-fallback"] instead of persistence':
    '请把这些端口合为一个 "fwmark"，并用 "schedulerFlags": ["mh-fallback"] 代替会话保持',
  "a BGP neighbor's address": "BGP 邻居的地址",

  // src/import/keepalived/keywords.ts
  "add directors.announce if it is there to announce the VIP by BGP; else do without it, or keep it by hand":
    "如果它用于以 BGP 通告 VIP，请加上 directors.announce；否则不用它，或自行保留",

  // src/graph/
  active: "工作中",
  "AS {0}, to AS {1}": "AS {0}，对 AS {1}",
  "router {0}": "路由器 {0}",
  "Routers {0} spread connections over {1}, which balance {2} to {3}.":
    "路由器 {0} 把连接分散到 {1}，它们把 {2} 均衡到 {3}。",

  // src/diff/announce.ts, src/render/announce-text.ts
  "order of directors or neighbors": "分发器或邻居的顺序",
  "only the order in files changes": "只有文件中的顺序改变",
  "announcement {0} -> {1}": "通告 {0} -> {1}",
  "sessions start again on one director after the other: flows move to the others meanwhile, and return":
    "各分发器的会话依次重新建立：其间连接转到其他分发器，然后返回",
  "sessions come up again when the routers have it, too: change one director and its routers at a time":
    "路由器也改好后会话才重新建立：请每次只改一台分发器及其路由器",
  "until all directors have it, flows move to those whose MED is smallest":
    "在所有分发器都更新之前，连接会转到 MED 最小的分发器",
  "what routers do with a community is theirs: flows may move to other directors, or routes go no further":
    "团体属性的含义由路由器决定：连接可能转到其他分发器，或路由不再向外传播",
  "a director announces nothing until the other daemon does":
    "在另一个守护进程开始通告之前，分发器不通告任何地址",
  "VIPs of several services may be announced, or withdrawn, while one of these is without its servers":
    "含多个服务的 VIP 在其中一个服务缺少服务器时，可能被通告，也可能被撤回",
  multihop: "多跳",
  "every director gets the VIPs, and routers spread flows over all: open ones that come to another director than theirs may get another server":
    "每台分发器都有 VIP，路由器把连接分散到所有分发器：到达另一台分发器的现有连接可能换服务器",
  "routers lose their routes, and one director at a time has the VIPs: open flows of the others end":
    "路由器失去路由，VIP 同一时刻只在一台分发器上：其他分发器上的现有连接会中断",
  "neighbor {0}": "邻居 {0}",
  "added, AS {0}": "新增，AS {0}",
  "flows that come by it move to {0}: every director chooses the same server":
    "经由它的连接转到 {0}：每台分发器选择相同的服务器",
  "flows that come by it move to {0}; those of {1} may get another server there":
    "经由它的连接转到 {0}；其中 {1} 的连接可能换服务器",
  "flows that come by it leave {0} for directors of other routers: every director chooses the same server":
    "经由它的连接离开 {0}，转到其他路由器的分发器：每台分发器选择相同的服务器",
  "flows that come by it leave {0} for directors of other routers; those of {1} may get another server there":
    "经由它的连接离开 {0}，转到其他路由器的分发器；其中 {1} 的连接可能换服务器",
  "{0} drained": "{0} 摘除流量",
  "{0} leaves": "{0} 离开",
  "{0} joins": "{0} 加入",
  "{0} no longer drained": "{0} 不再摘除流量",
  "{0} joins, drained": "{0} 加入，但已摘除流量",
  "all flows move to {0}: every director chooses the same server":
    "所有连接转到 {0}：每台分发器选择相同的服务器",
  "all flows move to {0}; those of {1} may get another server there":
    "所有连接转到 {0}；其中 {1} 的连接可能换服务器",
  "it announces nothing yet": "它暂不通告任何地址",
  "it was drained, and announced nothing": "它已摘除流量，没有通告任何地址",
  "no director announces the VIPs: routers have no route, and no client is answered":
    "没有分发器通告 VIP：路由器没有路由，客户端得不到应答",
  "flows move to {0}: every director chooses the same server": "连接转到 {0}：每台分发器选择相同的服务器",
  "flows move to {0}; those of {1} may get another server there": "连接转到 {0}；其中 {1} 的连接可能换服务器",
  "about one flow in {0} moves to {1}: every director chooses the same server":
    "约 {0} 分之一的连接转到 {1}：每台分发器选择相同的服务器",
  "about one flow in {0} moves to {1}; those of {2} may get another server there":
    "约 {0} 分之一的连接转到 {1}；其中 {2} 的连接可能换服务器",
  "no director announces {0} until it has its quorum of servers: set them up first":
    "在达到服务器的法定数量之前，没有分发器通告 {0}：请先配置好服务器",
  "BGP AS {0} to {1}": "BGP AS {0} 到 {1}",
  "hold time {0} s": "保持时间 {0} 秒",
  "communities {0}": "团体属性 {0}",

  // src/plan/announce.ts, src/render/announce-text.ts
  "packets of a client may come by any of the routers": "客户端的数据包可能经任一路由器到达",
  "BIRD, AS {0}, hold time {1} s": "BIRD，AS {0}，保持时间 {1} 秒",
  "session with {0}, AS {1}": "与 {0}（AS {1}）的会话",
  "{0} is not announced: this director is drained": "{0} 不通告：这台分发器已摘除流量",
  "{0} is announced while each of its services has its quorum": "{0} 的每个服务都达到法定数量时才通告",
  "{0} is announced while one of its services has its quorum": "{0} 只要有一个服务达到法定数量就通告",

  // src/rules/announce.ts
  "{0} is for one master at a time, and with announce all directors are active":
    "{0} 用于同一时刻只有一台主分发器的情形，而用 announce 时所有分发器同时工作",
  'remove "{0}", or "announce"': '请删除 "{0}" 或 "announce"',
  "{0} is IPv6, and directors announce IPv4 addresses to IPv4 neighbors only":
    "{0} 是 IPv6，而分发器只向 IPv4 邻居通告 IPv4 地址",
  "use an IPv4 address": "请用 IPv4 地址",
  "hosts in the network of {0} ({1}/{2}) ask for {3} by ARP, and no director answers":
    "{0} 所在网络（{1}/{2}）的主机用 ARP 询问 {3}，而没有分发器应答",
  "take the VIP from a network that no host is in": "VIP 请取自没有主机的网络",
  '"interface" has no effect: directors that announce a VIP have it on lo':
    '"interface" 不起作用：通告 VIP 的分发器把它放在 lo 上',
  'remove "interface"': '请删除 "interface"',
  '"{0}" has no effect: with daemon none lvsgen configures no BGP':
    '"{0}" 不起作用：daemon 为 none 时 lvsgen 不配置 BGP',
  "set it in your own daemon, and remove it here": "请在您自己的守护进程中设置，并从这里删除",

  // src/rules/announce-scheduling.ts
  "answers of {0} by nat have to pass the director that has the connection, and routers choose among {1} directors":
    "{0} 用 nat 时，应答必须经过持有该连接的分发器，而路由器在 {1} 台分发器中选择",
  'use forwarding "tun", or "dr" in the directors\' network':
    '请用转发方式 "tun"；在分发器所在网络也可用 "dr"',
  "connections of {0} that move to another director get another server: by {1} each director chooses from what it has seen":
    "{0} 的连接转到另一台分发器后会换服务器：{1} 让每台分发器按自己所见来选择",
  'remove "scheduler": by the default all directors choose the same server':
    '请删除 "scheduler"：默认值让所有分发器选择相同的服务器',
  "a client of {0} gets one server by one director and another by the next: each remembers its own":
    "{0} 的客户端经不同分发器会得到不同服务器：每台只记得自己的选择",
  'remove persistence, and set "schedulerFlags" to ["mh-fallback"]: mh then goes by the client\'s address':
    '请删除会话保持，并把 "schedulerFlags" 设为 ["mh-fallback"]：mh 就按客户端地址选择',
  "each of {0} directors counts connections of {1} by itself: one finds it full while others use it":
    "{0} 台分发器各自统计 {1} 的连接：一台认为它已满，其他的仍在使用它",
  "remove the thresholds, and limit connections on the server": "请删除阈值，并在服务器上限制连接数",
  "when a server of {0} fails, sh moves most clients to other servers, as its weight {1} moves all places behind it":
    "{0} 的一台服务器失效时，sh 会让多数客户端换服务器，因为权重 {1} 使其后的位置全部移动",
  "use mh, or weights of 1 and 0": "请用 mh，或只用权重 1 和 0",
  "a server of {0} that fails or is drained keeps its share of new clients, and they are refused":
    "{0} 的服务器失效或被摘除流量后仍分到新客户端，这些连接会被拒绝",
  'add {0}, or remove "schedulerFlags"': '请加上 {0}，或删除 "schedulerFlags"',

  // src/rules/announce-gate.ts
  'set directors.engine to "keepalived", and give each service a "healthCheck"':
    '请把 directors.engine 设为 "keepalived"，并为每个服务设置 "healthCheck"',
  "the engine ipvsadm checks no server: VIPs are announced whether servers answer or not":
    "引擎 ipvsadm 不检查服务器：不管服务器是否应答，VIP 都会通告",
  "nothing checks the servers of {0}: its VIP is announced whether they answer or not":
    "没有检查 {0} 的服务器：不管它们是否应答，VIP 都会通告",
  "no client of {0} gets to its sorry server: without its quorum every director withdraws {1}":
    "{0} 的客户端到不了备用服务器：达不到法定数量时，每台分发器都会撤回 {1}",
  'remove "sorryServer", or make it a real server with a small weight':
    '请删除 "sorryServer"，或把它改为权重较小的真实服务器',
  "open connections that routers send to {0} from another director are reset":
    "路由器从另一台分发器转到 {0} 的现有连接会被重置",
  "ICMP errors for connections of another director are lost on {0}":
    "属于另一台分发器连接的 ICMP 错误会在 {0} 上丢失",
  "remove {0}: lvsgen turns it on": "请删除 {0}：lvsgen 会打开它",

  // src/rules/announce-neighbors.ts
  "the neighbor {0} is in no subnet of a director: no director speaks to it":
    "邻居 {0} 不在任何分发器的子网内：没有分发器与它建立会话",
  'correct the address, or set "multihop": true for a router behind others':
    '请改正地址；如果路由器在其他路由器之后，请设置 "multihop": true',
  "no BGP neighbor is in a subnet of the director {0}: it announces its VIPs to nobody":
    "分发器 {0} 的子网内没有 BGP 邻居：它的 VIP 无人可通告",
  "the director {0} has no IPv4 address: it cannot speak to IPv4 neighbors":
    "分发器 {0} 没有 IPv4 地址：它无法与 IPv4 邻居建立会话",
  "give it an IPv4 address, or take it out of directors.hosts":
    "请给它一个 IPv4 地址，或从 directors.hosts 中去掉",
  "add the router of {0} to directors.announce.bgp.neighbors":
    "请把 {0} 的路由器加入 directors.announce.bgp.neighbors",
  "another neighbor's address": "另一个邻居的地址",
  "write the router's own address": "请写路由器自己的地址",
  "the AS number {0} is reserved: routers refuse it": "AS 号 {0} 是保留的：路由器会拒绝它",
  "use a number of your network, or one from 64512 to 65534":
    "请用您网络的 AS 号，或 64512 到 65534 中的一个",
  "{0} is in the directors' own AS {1}: it does not pass the VIPs on, unless it is a route reflector":
    "{0} 与分发器同在 AS {1}：除非它是路由反射器，否则不会转发 VIP 的路由",
  "give the directors an AS number of their own": "请给分发器一个单独的 AS 号",
  "{0} of the director {1} has no package of BIRD 2": "分发器 {1} 的 {0} 没有 BIRD 2 软件包",
  'use a later release, or set directors.announce.daemon to "none" and bring your own':
    '请用更新的发行版本，或把 directors.announce.daemon 设为 "none" 并自备守护进程',

  // src/rules/announce-communities.ts
  "the community {0} is {1}": "团体属性 {0} 是{1}",
  "graceful shutdown (RFC 8326): routers prefer every other route, and lvsgen marks a director by it that is about to leave":
    "平滑关闭（RFC 8326）：路由器优先选择其他所有路由，lvsgen 用它标记即将离开的分发器",
  "a blackhole (RFC 7999): routers discard what is sent to the VIP":
    "黑洞（RFC 7999）：路由器丢弃发往 VIP 的数据包",
  "no-export: the router does not pass the VIP on to other ASs":
    "no-export：路由器不把 VIP 的路由转发给其他 AS",
  "no-advertise: the router does not pass the VIP on to anybody":
    "no-advertise：路由器不把 VIP 的路由转发给任何邻居",
  "no-export-subconfed: the router does not pass the VIP on to other ASs, or to other parts of a confederation":
    "no-export-subconfed：路由器不把 VIP 的路由转发给其他 AS 或联盟的其他部分",
  "remove it, unless all clients are behind these routers": "请删除，除非所有客户端都在这些路由器之后",

  // src/rules/drained-directors.ts
  '"drained" has no effect: without announce a director does not leave its VIPs to others':
    '"drained" 不起作用：没有 announce 时，分发器不会把 VIP 让给其他分发器',
  'remove "drained"': '请删除 "drained"',
  "duplicate drained director {0}": "摘除流量的分发器 {0} 重复",
  "list it once": "只列一次",
  "unknown director {0}": "未知的分发器 {0}",
  "the directors are": "分发器有",
  "all directors are drained: nobody announces the VIPs, and no client is answered":
    "所有分发器都已摘除流量：没有人通告 VIP，客户端得不到应答",
  'remove one of them from "drained"': '请从 "drained" 中去掉一台',
};
