/** src/rules. Terms as in docs/glossary.md. */

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
};
