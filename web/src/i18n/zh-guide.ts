/** 说明文字：简体中文。Keys are those of en-guide.ts. */

import type { enGuide } from "./en-guide.ts";

export const zhGuide: Readonly<Record<keyof typeof enGuide, string>> = {
  "form.empty": "此处需要名称",
  "form.taken": "“{name}”已被使用",
  "form.ssh": "ssh 用户",
  "form.host.ssh": "ssh 用户",
  "form.host.details": "主机 {name} 的更多设置：系统、ssh、其他地址",
  "form.address.add": "添加地址",
  "form.address.remove": "删除地址 {address}",
  "form.vrrp": "VRRP 编号",
  "form.vrrp.hint": "在同一网络的所有 VRRP 组中必须唯一。",
  "form.check": "健康检查",
  "form.check.none": "无",
  "form.check.keepalived": "无（需要 keepalived）",
  "form.check.path": "路径",
  "form.check.interval": "检查间隔（秒）",
  "form.check.missing":
    "没有健康检查时，keepalived 会继续把客户端送到已失效的服务器。尚无健康检查的服务：{names}。",
  "form.check.add": "添加检查",
  "form.persistence": "会话保持（秒）",
  "form.persistence.none": "不保持",
  "form.persistence.hint": "仅当服务器保存客户端状态（例如内存中的购物车）时需要：可用 300。",
  "form.sorry": "备用服务器",
  "form.sorry.none": "无",
  "form.sorry.hint": "没有可用的真实服务器时由它应答。",
  "explain.title": "{label}：选哪一个？",
  "problems.meant": "改为 {to}",
  "problems.hide": "收起问题",
  "problems.show": "展开问题",
};
