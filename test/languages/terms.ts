/** The words of Chinese texts: those of docs/glossary.md, and how they are set. */

/** Words that docs/glossary.md has another one for. */
const forbidden: readonly (readonly [not: RegExp, but: string])[] = [
  [/调度器/, "分发器 (director), 调度算法 (scheduler)"],
  [/负载均衡器|调度服务器/, "分发器"],
  [/后端(服务器|主机)?|实际服务器|真实主机/, "真实服务器"],
  [/虚拟服务器(?!（LVS)/, "虚拟服务"],
  [/持久(化|性|连接)/, "会话保持"],
  [/健康检测|健康探测/, "健康检查"],
  [/防火墙标识|fwmark 标记/, "防火墙标记"],
  [/道歉服务器|兜底服务器/, "备用服务器"],
  [/仲裁/, "法定数量"],
  [/故障转移|主备切换/, "故障切换"],
  [/网卡/, "接口"],
  [/转发模式|转发方法/, "转发方式"],
  [/[\u4e00-\u9fff][A-Za-z0-9"]|[A-Za-z0-9"][\u4e00-\u9fff]/, "a space between Chinese and Latin"],
  [/\([^()]*[\u4e00-\u9fff][^()]*\)/, "（） around Chinese"],
  [/[\u4e00-\u9fff][,;:!?(]|[)][\u4e00-\u9fff]/, "full-width marks after Chinese"],
];

/** What is wrong with the words of a text, with the right ones. */
export function wrongWords(text: string): string[] {
  return forbidden.flatMap(([not, but]) => (not.test(text) ? [`${text}: ${but}`] : []));
}
