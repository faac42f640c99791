/** Roll, and drains of hosts that give up addresses. Terms as in docs/glossary.md. */

import type { Catalogue } from "../say.ts";

export const roll: Catalogue = {
  "{0} has drained {1}, and the previous version, of an earlier lvsgen, ends that":
    "{0} 对 {1} 摘除了流量，而上一个版本来自更早的 lvsgen，会结束这一状态",
  "{0} keeps {1} drained, whatever the topology says. To end it: {2}":
    "不管拓扑怎么写，{0} 一直对 {1} 摘除流量。要结束：{2}",
  "somebody has drained {0}, and may be at work there": "有人对 {0} 摘除了流量，可能正在那里工作",
  "open connections through {0} break: without connectionSync no other director knows them":
    "经过 {0} 的已有连接会断开：没有 connectionSync，其他分发器不知道它们",
  "{0} will have none of {1}, even if no other host has them, also after its reboot. To end it: {2}":
    "{0} 不再持有 {1}，即使没有其他主机持有，重启后也是如此。要结束：{2}",
  "{0} will have none of {1}, even if no other host has them. To end it: {2}, or its reboot":
    "{0} 不再持有 {1}，即使没有其他主机持有。要结束：{2}，或重启它",
  "no other host took {0}, so {1} was undrained: look at keepalived on the other hosts (--yes drains it in any case)":
    "没有其他主机接管 {0}，因此已恢复 {1}：请查看其他主机上的 keepalived（--yes 表示无论如何都摘除流量）",
  "no host has {0}": "没有主机持有 {0}",
  "this topology has nothing to drain: no real servers, and no two hosts for one address":
    "这份拓扑没有可摘除流量的对象：没有真实服务器，也没有由两台主机共用的地址",
  "{0} is the only director: no other host could have its VIPs":
    "{0} 是唯一的分发器：没有其他主机能持有它的 VIP",
  "{0} is neither a real server nor a director. These are: {1}":
    "{0} 既不是真实服务器，也不是分发器。这些才是：{1}",
  "the real servers and directors are": "真实服务器和分发器有",
  "an earlier roll of this command stopped; done: {0}. --resume goes on there":
    "这条命令先前的轮流执行停下了；已完成：{0}。--resume 从那里继续",
  "{0} was drained before, and stays so. To end it: {1}": "{0} 先前已摘除流量，保持不变。要结束：{1}",
  "interrupted; not done: {0}. To go on: {1}": "已中断；未完成：{0}。要继续：{1}",
  "{0} failed; all hosts are in service. Fix this, then go on: {1}":
    "{0} 失败；所有主机都在服务。请修正，然后继续：{1}",
  "{0} failed and stays drained; the others are in service. Fix this, then go on: {1}. Or put it back without the command: {2}":
    "{0} 失败，仍处于摘除流量状态；其他主机都在服务。请修正，然后继续：{1}。或不执行命令就恢复它：{2}",
  "nothing was begun: {0}. Fix this, or leave hosts out: name the others with --limit":
    "没有开始任何主机：{0}。请修正，或排除一些主机：用 --limit 写出其他主机",
  "cannot write {0}: {1}. --resume will not work": "无法写入 {0}：{1}。--resume 将不起作用",
  "finishing the host in progress; no further one is begun (Ctrl-C again: do not wait)":
    "正在完成当前主机；不再开始其他主机（再按 Ctrl-C：不再等待）",
  "--each is missing: the command for each host, as in --each 'sudo reboot'":
    "缺少 --each：每台主机上的命令，例如 --each 'sudo reboot'",
  "{0} is run on these hosts, each drained meanwhile": "将在这些主机上运行 {0}，期间逐台摘除流量",
  "{0} may be drained: {1}": "{0} 可能处于摘除流量状态：{1}",
  "nothing to do: these hosts are done, or have no role": "无事可做：这些主机已完成，或没有角色",
  "in service again": "已恢复服务",
  "may have its addresses again": "可以再次持有它的地址",
  "{0} has {1}": "{0} 持有 {1}",
  "drained: it takes no address": "已摘除流量：不持有地址",
  "no other host can have {0} now: without {1} nobody answers there":
    "现在没有其他主机能持有 {0}：没有 {1} 就无人应答",
  "{0} cannot be asked ({1}): it would keep its addresses": "无法询问 {0}（{1}）：它会保留自己的地址",
  "{0}, drained": "{0}，已摘除流量",
  "the check of {0} on {1} fails": "{1} 上 {0} 的健康检查失败",
  "it does not have {0} in its table yet": "它的表里还没有 {0}",
  "without {0} nobody answers at {1}": "没有 {0}，{1} 就无人应答",
  planned: "计划",
  "done before": "先前已完成",
  "interrupted: in service again": "已中断：已恢复服务",
  "not begun": "未开始",
  "nothing sends to it: no drain": "没有谁把请求转给它：不用摘除流量",
  "real server: weight 0 on {0}": "真实服务器：在 {0} 上权重为 0",
  "gives its addresses to another host": "把地址交给另一台主机",
  "backup: takes no addresses meanwhile": "备：期间不持有地址",
  "the command exits {0}": "命令的退出状态是 {0}",
  "{0} does not drain it: {1}": "{0} 没有对它摘除流量：{1}",
  "no other host took {0}: look at keepalived there": "没有其他主机接管 {0}：请查看那里的 keepalived",
  "{0} after {1} s: use a longer --wait, or --cut, which does not care":
    "{1} 秒后{0}：请使用更长的 --wait，或不等待连接结束的 --cut",
  "running the command": "正在运行命令",
  "waiting: {0}": "正在等待：{0}",
  "not healthy {0} s after the command: {1}": "命令结束 {0} 秒后仍不健康：{1}",
  "it shuts down": "它正在关机",
  "ssh ended with 255, and the host was not rebooted: the connection was lost, and the command may still run":
    "ssh 以 255 结束，而主机没有重启：连接已断开，命令可能仍在运行",
  "the directors' next check is to come": "分发器的下一次健康检查还没有到",
  "{0} does not undrain it: {1}": "{0} 没有恢复它的流量：{1}",
  "it was undrained, but is still out of service": "已恢复它的流量，但它仍不在服务",
  "without it nobody answers at {0} now": "现在没有它，{0} 就无人应答",
  "{0}.sh status is not 'running'": "{0}.sh status 不是 'running'",
  "it does not accept connections at {0}": "它在 {0} 不接受连接",
};
