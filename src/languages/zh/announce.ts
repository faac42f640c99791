/** Directors that announce their VIPs by BGP: schema, rules, differences. Terms as in docs/glossary.md. */

import type { Catalogue } from "../say.ts";

export const announce: Catalogue = {
  // schemas/topology.schema.json
  "BGP daemon": "BGP 守护进程",
  "condition of an announcement": "通告的条件",
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

  // src/diff/directors.ts, src/render/announce-text.ts
  announcement: "通告",
  "drained directors": "摘除流量的分发器",
  "routers hear of it when each director has the change; without VRRP or announcement on one side, VIPs move":
    "每台分发器改变后，路由器才会得知；若一边是 VRRP、另一边是通告，VIP 会转移",
  "flows of a drained director move to the others, which choose the same servers; they return when it announces again":
    "被摘除的分发器上的连接转到其他分发器，它们选择相同的服务器；它重新通告后连接再回来",
  "BGP AS {0} to {1}": "BGP AS {0} 到 {1}",
  "hold time {0} s": "保持时间 {0} 秒",
  "communities {0}": "团体属性 {0}",
};
