/** src/deploy/retire, and its commands. Terms as in docs/glossary.md. */

import type { Catalogue } from "../say.ts";

export const retire: Catalogue = {
  // what a host has, and what goes
  "stop {0} ({1})": "停止 {0}（{1}）",
  "remove {0}": "删除 {0}",
  "restore {0}": "恢复 {0}",
  "restore the state of {0}": "恢复 {0} 的状态",
  "turn off the SELinux boolean {0}": "关闭 SELinux 布尔值 {0}",
  "enable {0} again": "重新启用 {0}",
  "uninstall {0}": "卸载 {0}",
  "it is {0} of the cluster {1}": "它是集群 {1} 的 {0}",
  "this host is set up for another cluster: it is {0} of {1}": "这台主机属于另一个集群：它是 {1} 的 {0}",
  "a host": "一台主机",
  "the host's report is incomplete": "主机的报告不完整",
  "make space in its /run, then try again": "请在它的 /run 中腾出空间，然后重试",
  "leave it out, or take lvsgen off it with lvsgen retire": "请跳过它，或用 lvsgen retire 卸载",

  // progress
  "looked at {0} of {1} hosts": "已查看 {0} 台主机，共 {1} 台",
  "{0}: taking lvsgen off": "{0}：正在卸载 lvsgen",
  "{0} of {1} hosts done": "已完成 {0} 台主机，共 {1} 台",
  "starting no more hosts; waiting for those in progress (Ctrl-C again: do not wait)":
    "不再开始新的主机；等待正在进行的主机（再按 Ctrl-C：不等待）",

  // what came of it
  done: "完成",
  "has nothing of lvsgen": "没有 lvsgen 的任何内容",
  "would change": "将会改变",
  "not touched": "没有改动",
  "FAILED half-way": "中途失败",
  UNKNOWN: "未知",
  "would {0}": "将会{0}",
  "remedy: {0}": "解决办法：{0}",
  "still there: {0}": "还在：{0}",
  "run the same command again": "请再次运行同一命令",
  "run the same command again: it goes on from there": "请再次运行同一命令：它会接着做完",
  "fix it, then run the same command again: it goes on from there":
    "请先排除故障，再运行同一命令：它会接着做完",
  "the connection was lost meanwhile: {0}": "其间连接中断：{0}",
  "the connection was lost, and it is not all off: {0}": "连接中断，还没有全部卸载：{0}",
  "the connection was lost, and the host cannot be reached again: {0}": "连接中断，主机无法再次连接：{0}",
  "look at its console; run the same command again when it answers":
    "请查看它的控制台；它有应答后再运行同一命令",
  "interrupted; not begun: {0}. Run the same command to continue.":
    "已中断；尚未开始：{0}。运行同一命令即可继续。",
  "stopped because of {0}: done: {1}; not begun: {2}\nFix this and run the same command again: it goes on from there.":
    "因 {0} 而停止：已完成：{1}；尚未开始：{2}\n排除故障后再运行同一命令：它会接着做完。",
  "stopped because of {0}: no host was changed\nFix this and run the same command again.":
    "因 {0} 而停止：没有改动任何主机\n排除故障后再运行同一命令。",

  // the commands
  "without a terminal, use --yes (or --dry-run, which changes nothing)":
    "没有终端时请用 --yes（或用 --dry-run，它不做任何改动）",
  "lvsgen is stopped and uninstalled on {0}, and connections through it end":
    "将在 {0} 上停止并卸载 lvsgen，经过它的连接会中断",
  "lvsgen is stopped and uninstalled on {0} and {1} more, and connections through it end (--dry-run shows what goes)":
    "将在 {0} 等主机（另有 {1} 台）上停止并卸载 lvsgen，经过它的连接会中断（--dry-run 可以查看）",
  "nothing was changed": "没有改动",
  "cannot read the state of {0} of {1}": "无法读取状态：{0} 台，共{1}",
  "unknown host {0}: {1}; without --file, HOST is what ssh understands":
    "未知主机 {0}：{1}；没有 --file 时，HOST 是 ssh 认识的主机",
  "{0} is a real server in {1}: its directors send requests to it until you remove it there and deploy that":
    "{0} 是 {1} 中的真实服务器：在您从中删除它并部署之前，分发器会一直向它转发请求",
  "{0} is not a host: write it as for ssh, such as pi4, pi@192.168.1.107 or pi@pi4:2222":
    "{0} 不是主机：请像 ssh 那样写，例如 pi4、pi@192.168.1.107 或 pi@pi4:2222",
  "{0} has no valid port: use 1 to 65535": "{0} 的端口无效：请用 1 到 65535",
};
