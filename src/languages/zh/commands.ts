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
};
