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
};
