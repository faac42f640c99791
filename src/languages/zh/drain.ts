/** Drain and undrain, what they ask, and status --watch. Terms as in docs/glossary.md. */

import type { Catalogue } from "../say.ts";

export const drain: Catalogue = {
  "{0}. Nothing was changed; --yes does it anyway": "{0}。没有改变任何内容；--yes 表示照样执行",
  "{0}. Go on? [y/N] ": "{0}。继续吗？[y/N] ",
  "interrupted; nothing was changed": "已中断；没有改变任何内容",
  "draining {0}": "正在摘除 {0} 的流量",
  "undraining {0}": "正在恢复 {0} 的流量",
  "{0} may still be drained on {1}: fix this and run the same command again":
    "{1} 上可能仍对 {0} 摘除流量：请修正后再次运行同一命令",
  "finishing the current step (Ctrl-C again: do not wait)": "正在完成当前步骤（再按 Ctrl-C：不再等待）",
  "{0} is the last server of {1}: without it nobody answers there":
    "{0} 是 {1} 的最后一台服务器：没有它就无人应答",
  "{0} cannot be asked ({1}): it would still send connections to {2}":
    "无法询问 {0}（{1}）：它仍会把连接转给 {2}",
  "{0} gets no new connections, also after a reboot of a director. To end it: {1}":
    "{0} 不再接收新连接，分发器重启后也是如此。要结束：{1}",
  "{0} gets no new connections. To end it: {1}, or a reboot of the directors":
    "{0} 不再接收新连接。要结束：{1}，或重启分发器",
  "{0} is persistent and expireQuiescentTemplate is off: known clients still get new connections to {1}, until their time is over":
    "{0} 有会话保持，且 expireQuiescentTemplate 已关闭：已有会话的客户端在会话超时之前仍会新连到 {1}",
  "{0} is persistent: known clients leave {1} with their next connection (expire_quiescent_template is on)":
    "{0} 有会话保持：已有会话的客户端在下一个连接时离开 {1}（expire_quiescent_template 已开启）",
  "{0} is UDP: a flow counts as open until it was silent for timeouts.udp seconds":
    "{0} 是 UDP：一个流静默 timeouts.udp 秒之前都算作未结束",
  "{0}; {1} of {2} s": "{0}；已等待 {1} 秒，共 {2} 秒",
  "{0} still gets connections from {1}: fix this and run the same command again, or undo: {2}":
    "{1} 仍把连接转给 {0}：请修正后再次运行同一命令，或撤销：{2}",
  "interrupted: {0} stays drained. To end it: {1}": "已中断：{0} 仍处于摘除流量状态。要结束：{1}",
  "{0} has no connections left": "{0} 已没有连接",
  "{0} after {1} s: it stays drained. Run the same command to wait longer, or undo: {2}":
    "{1} 秒后{0}：仍处于摘除流量状态。再次运行同一命令可继续等待，或撤销：{2}",
  "--watch is for people: for programs, repeat 'lvsgen status --format json'":
    "--watch 供人查看：程序请反复运行 'lvsgen status --format json'",
  "closing the connections": "正在关闭连接",
  "{0} at {1}, every {2} s; Ctrl-C ends": "{0}，{1}，每 {2} 秒；按 Ctrl-C 结束",
  "and {0} more lines: a higher window shows them": "另有 {0} 行：把窗口拉高即可看到",
  "already drained": "已处于摘除流量状态",
  "has its weight again": "已恢复权重",
  "was not drained": "没有摘除流量",
  "not started: noted for its start": "未启动：已记下，启动时生效",
  FAILED: "失败",
  "does not answer": "没有应答",
  "{0} has 1 open connection ({1})": "{0} 有 1 个已有连接（{1}）",
  "{0} has {1} open connections ({2})": "{0} 有 {1} 个已有连接（{2}）",
  "it still sends connections to {0}": "它仍把连接转给 {0}",
  HOST: "主机",
  ROLE: "角色",
  STATE: "状态",
  "SERVICE, SERVER": "服务，服务器",
  WEIGHT: "权重",
  ACTIVE: "活动",
  INACTIVE: "非活动",
  "CONN/S": "连接/秒",
  "PACKETS/S": "数据包/秒",
  "differs in {0}: {1}": "有 {0} 处不同：{1}",
  "{0}, master": "{0}，主",
  "{0}, backup": "{0}，备",
  "{0}, has {1} of {2} addresses": "{0}，持有 {2} 个地址中的 {1} 个",
  absent: "缺失",
  "Or leave it out: {0}{1}": "或不处理它：{0}{1}",
};
