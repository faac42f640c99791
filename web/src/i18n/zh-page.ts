/** 简体中文：the page's words and meanings, loaded together. */

import { zh } from "./zh.ts";
import { meaningsZh } from "./zh-meanings.ts";

export const chinese = { words: zh, meanings: meaningsZh };
