/** src/commands and src/lab: reports. Terms as in docs/glossary.md. */

import type { Catalogue } from "../say.ts";

export const commands: Catalogue = {
  "{0} file": "{0} 个文件",
  "{0} more file": "另外 {0} 个文件",
  "{0} host": "{0} 台主机",
  "{0} more host": "另外 {0} 台主机",
  "{0} error": "{0} 个错误",
  "{0} warning": "{0} 个警告",
  "{0} finding": "{0} 个问题",
  "{0} change": "{0} 处变化",
  "{0} check": "{0} 项检查",

  "system error: {0}": "系统错误：{0}",
  "internal error of lvsgen, not of your topology: {0}": "lvsgen 内部错误，与您的拓扑无关：{0}",
  "run it with LVSGEN_DEBUG=1 for the place, and please report it with the topology":
    "用 LVSGEN_DEBUG=1 运行可以看到位置，请连同拓扑一起报告",
  "cannot write standard output: {0}": "无法写标准输出：{0}",
  "standard input": "标准输入",
  "{0} ignored": "忽略 {0} 个",
  "{0}: {1} (lvsgen validate --explain {2} explains it)": "{0}：{1}（lvsgen validate --explain {2} 有说明）",
  "{0}; warnings fail (--strict)": "{0}；警告视为失败 (--strict)",
  "{0} of {1} files failed": "{1} 个文件中有 {0} 个失败",
  "{0}: {1} (lvsgen validate {2} shows it)": "{0}：{1}（用 lvsgen validate {2} 查看）",
  "{0}: {1} (lvsgen validate {2} shows them)": "{0}：{1}（用 lvsgen validate {2} 查看）",

  // Usage.
  "invalid --lang {0}: {1}": "--lang {0} 无效：{1}",
  "--lang needs a value": "--lang 需要一个值",
  "--lang is given twice": "--lang 写了两次",
  "--{0} needs a value": "--{0} 需要一个值",
  "{0} takes no value": "{0} 不带值",
  "unknown option {0}": "未知选项 {0}",
  "unknown option {0}: did you mean --{1}?": "未知选项 {0}：您是不是想写 --{1}？",
  "unknown option {0}: write {1} without --{2}": "未知选项 {0}：请写 {1}，不带 --{2}",
  "unknown option {0}: {1} takes a value": "未知选项 {0}：{1} 要带值",
  "missing argument <{0}>: {1}": "缺少参数 <{0}>：{1}",
  "unexpected argument {0}": "多余的参数 {0}",
  "{0} is given twice": "{0} 写了两次",
  "invalid {0} {1}: {2}": "{0} {1} 无效：{2}",
  "invalid {0} {1}: use a whole number from {2} to {3}": "{0} {1} 无效：请用 {2} 到 {3} 的整数",
  "invalid {0} {1}: use a number from {2} to {3}": "{0} {1} 无效：请用 {2} 到 {3} 的数字",
  "standard input (-) can be one file only: use a file name for the other":
    "标准输入 (-) 只能是一个文件：另一个请用文件名",
  "{0} (see 'lvsgen {1} --help')": "{0}（见 'lvsgen {1} --help'）",
  "an argument is empty: check the variables of your script": "有一个参数是空的：请检查脚本中的变量",
  "{0} is empty: check the variables of your script": "{0} 是空的：请检查脚本中的变量",
  "{0} needs a command (see 'lvsgen --help')": "{0} 需要一个命令（见 'lvsgen --help'）",
  "unknown command {0}: {1} (see 'lvsgen --help')": "未知命令 {0}：{1}（见 'lvsgen --help'）",
  "the commands are": "可用的命令",
  "unknown host {0}: {1}": "未知主机 {0}：{1}",
  "--explain reads no topology: give either a file or --explain (see 'lvsgen validate --help')":
    "--explain 不读拓扑：文件和 --explain 只能写一个（见 'lvsgen validate --help'）",
  "missing argument [files..]: a topology, or use --explain with a code (see 'lvsgen validate --help')":
    "缺少参数 [files..]：请写拓扑，或用 --explain 加代码（见 'lvsgen validate --help'）",

  // Files.
  "{0} does not exist": "{0} 不存在",
  "{0} is more than {1} files": "{0} 超过 {1} 个文件",
  "does not exist": "不存在",
  "cannot be read by this user": "当前用户无法读取",
  "is a folder": "是目录",
  "is a circular symbolic link": "是成环的符号链接",
  "is not set": "没有设置",
  "is not a regular file": "不是普通文件",
  "is larger than {0} bytes": "超过 {0} 字节",
  "cannot be read ({0})": "无法读取（{0}）",
  "no such file": "没有这个文件",
  "it is a folder, not a file": "它是目录，不是文件",
  "the name is too long": "名称太长",
  "cannot read {0}: it is not UTF-8 text": "无法读取 {0}：它不是 UTF-8 文本",
  "cannot read {0}: it is a device, not a file": "无法读取 {0}：它是设备，不是文件",
  "cannot read {0}: {1}": "无法读取 {0}：{1}",
  "cannot read {0}: no data for {1} seconds; pipe a slow program's output to standard input (-)":
    "无法读取 {0}：{1} 秒没有数据；较慢的程序请用管道送到标准输入 (-)",
  "cannot read {0}: it is larger than 8 MiB; split the cluster into several topologies":
    "无法读取 {0}：它超过 8 MiB；请把集群分成几份拓扑",

  // render
  updated: "更新",
  created: "新建",
  create: "新建",
  update: "更新",
  remove: "删除",
  deleted: "已删除",
  edited: "已修改",
  "and {0}": "以及{0}",
  "{0} (deleted by hand)": "{0}（被手工删除）",
  "{0} (edited by hand)": "{0}（被手工修改）",
  "Give the folder of this cluster with --out.": "请用 --out 指定这个集群的目录。",
  "{0} was changed by hand since the last render; the topology still gives the same files:":
    "{0} 在上次渲染之后被手工修改；拓扑生成的文件没有变：",
  "To undo that, run '{0} --force'. To keep it, change the topology, or a template (--templates).":
    "要撤销修改，请运行 '{0} --force'。要保留修改，请改拓扑或模板 (--templates)。",
  "{0} is stale; run '{1}':": "{0} 已过时；请运行 '{1}'：",
  "That render needs --force, and overwrites the edits; --diff shows them.":
    "那次渲染需要 --force，并会覆盖手工修改；--diff 可以查看修改。",
  '{0} has the output of the cluster "{1}", and {2} is "{3}"': '{0} 中是集群 "{1}" 的输出，而 {2} 是 "{3}"',
  "warning: scripts not linted, shellcheck is missing: {0}": "警告：没有检查脚本，缺少 shellcheck：{0}",
  "nothing written: lint has {0} in the new files": "没有写入：新文件有{0}",
  "Fix the template, or write them anyway with --no-lint.": "请修正模板，或用 --no-lint 照样写入。",
  "is of the cluster {0}, not of {1}": "属于集群 {0}，不属于 {1}",
  "nothing written: {0}": "没有写入：{0}",
  "Use another folder with --out. If the cluster has a new name, or its old output may go, use --force.":
    "请用 --out 指定另一个目录。如果集群改了名，或旧的输出可以丢弃，请用 --force。",
  "nothing written, as it would overwrite files that lvsgen did not write:":
    "没有写入，否则会覆盖不是 lvsgen 写的文件：",
  "Change the topology instead, or overwrite the files with --force (--diff shows the changes).":
    "请改拓扑，或用 --force 覆盖这些文件（--diff 可以查看变化）。",
  "{0} is fresh: {1}": "{0} 是最新的：{1}",
  "a render would need --force:": "渲染将需要 --force：",
  "{0} is up to date: no changes": "{0} 已是最新：没有变化",
  "nothing written: --diff shows only; --diff --write writes, too":
    "没有写入：--diff 只显示；--diff --write 同时写入",
  "kept {0}/{1}, which lvsgen did not write": "保留 {0}/{1}，它不是 lvsgen 写的",
  "and {0} that lvsgen did not write": "以及{0}，不是 lvsgen 写的",
  "{0} is up to date: {1}, nothing written": "{0} 已是最新：{1}，没有写入",
  "{0}: {1} created, {2} updated, {3} removed, {4} unchanged":
    "{0}：新建 {1} 个，更新 {2} 个，删除 {3} 个，不变 {4} 个",
  'replaced the output of the cluster "{0}"': '替换了集群 "{0}" 的输出',
  "{0} is no longer part of the cluster, but keeps what was installed there. When the others have their new files:":
    "{0} 已不属于集群，但还保留着安装的内容。其他主机换上新文件后：",
  "{0} are no longer part of the cluster, but keep what was installed there. When the others have their new files:":
    "{0} 已不属于集群，但还保留着安装的内容。其他主机换上新文件后：",
  "with the host's address, or as ssh knows it; --dry-run shows what goes":
    "用主机的地址，或 ssh 认识的名称；--dry-run 可以查看会删除什么",
  "next: {0}, or copy a host's folder to the host and run its setup.sh as root":
    "下一步：{0}，或把主机的目录复制到该主机，并以 root 运行其中的 setup.sh",
  "--stdout and --check or --diff exclude each other: --stdout prints the files themselves":
    "--stdout 不能与 --check 或 --diff 同用：--stdout 输出文件本身",
  "--format json and {0} exclude each other: json is one report":
    "--format json 不能与 {0} 同用：json 是一份报告",
  "--write and --stdout exclude each other: --stdout writes nothing":
    "--write 不能与 --stdout 同用：--stdout 不写文件",
  "--write and --check exclude each other: --check writes nothing":
    "--write 不能与 --check 同用：--check 不写文件",
  "warning: other users can read {0}/{1}, which has a password: the file system does not store modes. Render to another file system":
    "警告：其他用户可以读取含有密码的 {0}/{1}：该文件系统不保存权限。请渲染到另一个文件系统",
  "rendering: {0} of {1} hosts": "正在渲染：{1} 台主机中的 {0} 台",
  "password of {0} not shown": "不显示 {0} 的密码",
  "--out {0} is the current folder, or around it: use a folder for the output alone":
    "--out {0} 是当前目录或它的上级：请用一个只放输出的目录",

  // explain, init, schema, verify, web
  "unknown code {0}: 'lvsgen validate --explain list' shows all":
    "未知代码 {0}：'lvsgen validate --explain list' 列出全部",
  "unknown code {0}: did you mean {1}? 'lvsgen validate --explain list' shows all":
    "未知代码 {0}：您是不是想写 {1}？'lvsgen validate --explain list' 列出全部",
  "{0} written": "已写入 {0}",
  "{0} written: your editor completes and checks topologies with it": "已写入 {0}：编辑器用它补全和检查拓扑",
  "{0} written: adapt it to your cluster, then run 'lvsgen validate {1}'":
    "已写入 {0}：请按您的集群修改，然后运行 'lvsgen validate {1}'",
  "unknown file type of {0}: use a name that ends in .yaml or .json":
    "{0} 的文件类型未知：请用以 .yaml 或 .json 结尾的名称",
  "{0} exists: use another name, or move it away": "{0} 已存在：请换一个名称，或先移走它",
  "cannot write {0}: no such folder": "无法写入 {0}：没有这个目录",
  "cannot write {0}: {1}": "无法写入 {0}：{1}",
  "lvsgen's installation lacks schemas/topology.schema.json: install it again":
    "lvsgen 的安装缺少 schemas/topology.schema.json：请重新安装",
  "{0} exists, and is not lvsgen's schema: move it away": "{0} 已存在，而且不是 lvsgen 的 schema：请先移走它",
  "a file needs --write: the schema goes beside it": "写了文件就需要 --write：schema 会写在它旁边",
  "an editor uses it if this is the topology's first key: {0}": "拓扑的第一个键如下时，编辑器会使用它：{0}",
  "an editor uses it if this is the topology's first line: {0}": "拓扑的第一行如下时，编辑器会使用它：{0}",
  "requests without an answer: {0}; 'lvsgen status {1}' shows the hosts":
    "有请求没有得到应答：{0}；用 'lvsgen status {1}' 查看主机",
  "no page at {0}: build it with 'npm run build:web'": "{0} 没有页面：请用 'npm run build:web' 构建",
  "serving the playground on this machine only; Ctrl-C ends it": "演练场只在本机提供；按 Ctrl-C 结束",
  "port {0} is in use: choose another one with --port, or 0 for a free one":
    "端口 {0} 已被占用：请用 --port 换一个，或用 0 取空闲端口",
  "no permission for port {0}: choose one above 1023 with --port":
    "没有权限使用端口 {0}：请用 --port 选一个大于 1023 的",
  "cannot serve the page: {0}": "无法提供页面：{0}",
};
