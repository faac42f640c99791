/** src/output, src/lint, and the commands diff, import and lint. Terms as in docs/glossary.md. */

import type { Catalogue } from "../say.ts";

export const output: Catalogue = {
  // src/commands/import.ts, diff.ts
  "reading …": "正在读取…",
  "writing …": "正在写入…",
  topology: "拓扑",
  "{0} service": "{0} 个服务",
  "{0} server": "{0} 台服务器",
  "{0}: not imported: {1}; {2}": "{0}：未导入：{1}；{2}",
  "{0}: not imported": "{0}：未导入",
  "{0} in the topology: fix them": "拓扑中有 {0}：请修正",
  "{0} more: run 'lvsgen validate' on it": "另有 {0}：请对它运行 'lvsgen validate'",
  "too many hosts to check here: run 'lvsgen validate' on it":
    "主机太多，此处不检查：请对它运行 'lvsgen validate'",
  "{0}: imported: {1}": "{0}：已导入：{1}",
  "{0}; {1}": "{0}；{1}",
  "{0} of {1}": "{0} / {1}",
  "{0} -> {1}: no changes": "{0} -> {1}：没有变化",
  "{0} -> {1}: {2}, {3} with other files": "{0} -> {1}：{2}，{3}的文件有变化",

  // src/commands/lint.ts, src/lint
  "shellcheck is missing: {0}": "缺少 shellcheck：{0}",
  "{0} does not exist: run 'lvsgen render' first, or give another folder":
    "{0} 不存在：请先运行 'lvsgen render'，或给出另一个目录",
  "{0} is neither a file nor a folder": "{0} 既不是文件也不是目录",
  "{0} is neither a script (.sh, .init) nor a unit (.service, .timer)":
    "{0} 既不是脚本 (.sh、.init) 也不是单元 (.service、.timer)",
  "{0} has nothing to lint": "{0} 中没有可检查的内容",
  "{0} linted, {1}": "已检查 {0}，{1}",
  "missing, but in manifest.json: render again": "文件缺失，但 manifest.json 中有：请重新渲染",
  "edited since lvsgen wrote it: change the topology instead, or render --force":
    "lvsgen 写入后被修改过：请改为修改拓扑，或用 render --force",
  "mode {0} instead of {1}: render again": "权限是 {0}，应为 {1}：请重新渲染",
  "unknown section [{0}]": "未知的节 [{0}]",
  "'{0}' is neither KEY=VALUE nor a section": "'{0}' 既不是 KEY=VALUE，也不是节",
  "{0} before the first section": "{0} 出现在第一个节之前",
  "{0} needs a program's absolute path": "{0} 需要程序的绝对路径",
  "a service needs a command to run": "服务需要一条要运行的命令",
  "install shellcheck (apt install shellcheck, dnf install ShellCheck, brew install shellcheck), or its npm wrapper (npm install --save-dev shellcheck)":
    "请安装 shellcheck (apt install shellcheck，dnf install ShellCheck，brew install shellcheck)，或它的 npm 包装 (npm install --save-dev shellcheck)",
  "{0} failed (exit status {1}): {2}": "{0} 失败（退出状态 {1}）：{2}",
  "no message": "没有消息",
  "cannot run {0}: {1}": "无法运行 {0}：{1}",
  "{0} is not shellcheck 0.7 or newer: unreadable output of --format=json1":
    "{0} 不是 0.7 或更新的 shellcheck：无法读取 --format=json1 的输出",

  "shellcheck: {0} of {1} scripts": "shellcheck：{0} / {1} 个脚本",

  // src/output
  "cannot write {0}: {1}. Its files are now in {2}: fix that and keep {3} free, and the next render moves them back.":
    "无法写入 {0}：{1}。它的文件现在在 {2}：请解决问题并空出 {3}，下次渲染会把它们移回。",
  "cannot write {0}: {1}. The old output is unchanged.": "无法写入 {0}：{1}。旧的输出没有改变。",
  "is a directory, not a file": "是目录，不是文件",
  "is a symlink, not a file": "是符号链接，不是文件",
  "is a device, socket or pipe, not a file": "是设备、套接字或管道，不是文件",
  "was not written by lvsgen": "不是 lvsgen 写的",
  "was edited by hand": "被手工修改过",
  "another render (process {0}) is writing there: wait for it, or remove {1} if it hangs":
    "另一个渲染（进程 {0}）正在写入：请等待，如果它卡住则删除 {1}",
  "another render has just written there: run the command again": "另一个渲染刚刚写入：请重新运行命令",
};
