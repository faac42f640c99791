/** What each example shows, in a line. */

import type { Language } from "../i18n/words.ts";

export const lines: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  anycast: {
    en: "Three directors in two racks, all active: each announces the VIP to its router by BGP.",
    zh: "两个机架里的三台分发器同时工作：各自用 BGP 向路由器通告 VIP。",
  },
  "centos7-sysv": {
    en: "Direct routing on CentOS 7, started by init.d scripts instead of systemd.",
    zh: "CentOS 7 上的直接路由，用 init.d 脚本而不是 systemd 启动。",
  },
  "dual-stack": {
    en: "The same service on an IPv4 and an IPv6 address.",
    zh: "同一服务同时使用 IPv4 和 IPv6 地址。",
  },
  everything: {
    en: "Every setting that there is, once: to look things up, not to copy.",
    zh: "每个设置各出现一次：供查阅，不供照抄。",
  },
  "forum-wrr": {
    en: "Two servers of different strength, weighted round robin.",
    zh: "两台强弱不同的服务器，加权轮询。",
  },
  "ha-pair": {
    en: "Two directors with keepalived: failover keeps open connections.",
    zh: "两台使用 keepalived 的分发器：故障切换时连接不中断。",
  },
  "kube-api": {
    en: "No load balancing: the address of a Kubernetes API moves between three control planes.",
    zh: "不做负载均衡：Kubernetes API 的地址在三台控制平面主机之间转移。",
  },
  "nat-keepalived": {
    en: "NAT with two directors; the inner gateway moves with the VIP.",
    zh: "两台分发器的 NAT，内部网关随 VIP 一起转移。",
  },
  "nat-two-networks": {
    en: "NAT between an outer and an inner network, with one director.",
    zh: "一台分发器，在外部和内部网络之间做 NAT。",
  },
  "pi-lab": {
    en: "Three Raspberry Pis: one forwards, two answer. The tutorial's cluster.",
    zh: "三台树莓派：一台转发，两台应答。教程中的集群。",
  },
  "routed-lab": {
    en: "Hosts in several networks, with routes between them.",
    zh: "主机分布在多个网络，之间有路由。",
  },
  "three-nodes": {
    en: "One director and two web servers, balanced by weight: the smallest cluster.",
    zh: "一台分发器和两台网站服务器，按权重分配：最小的集群。",
  },
  "tun-two-sites": {
    en: "Servers at two sites, reached through tunnels.",
    zh: "服务器分布在两个地点，通过隧道到达。",
  },
  vip: {
    en: "No load balancing: addresses that move between two hosts with nginx and mail, while a check of theirs succeeds.",
    zh: "不做负载均衡：地址在两台运行 nginx 和邮件服务的主机之间转移，由各自的检查决定。",
  },
};
