/** Who should choose what: English and Chinese side by side, loaded with the dialog that shows it. */

import type { Language } from "../i18n/words.ts";
import type { Choice } from "./choices.ts";

type Advice = Readonly<Record<Language, string>>;

export const advice: Readonly<Record<Choice, Readonly<Record<string, Advice>>>> = {
  engine: {
    ipvsadm: {
      en: "For a first try, a lab, or one director where something else checks the servers.",
      zh: "适合初次尝试、实验环境，或只有一台分发器且由其他程序检查服务器的情况。",
    },
    keepalived: {
      en: "For production: a dead server gets no clients, and a second director takes over.",
      zh: "适合生产环境：失效的服务器不再收到客户端，第二台分发器可以接管。",
    },
  },
  forwarding: {
    dr: {
      en: "If directors and servers share a network: the fastest, and the usual choice. Ports stay the same.",
      zh: "分发器和服务器在同一网络时：最快，也最常用。端口保持不变。",
    },
    nat: {
      en: "If servers are in a private network behind the director, or listen on another port. The director carries all answers, too.",
      zh: "服务器在分发器后面的私有网络中，或监听其他端口时。所有应答也经过分发器。",
    },
    tun: {
      en: "If servers are in other networks or sites. They need a tunnel interface, and packets become larger.",
      zh: "服务器在其他网络或地点时。服务器需要隧道接口，数据包会变大。",
    },
  },
  scheduler: {
    rr: {
      en: "For equal servers and short requests of equal cost.",
      zh: "服务器相同、请求短小且开销相近时。",
    },
    wrr: {
      en: "For servers of different strength and short requests.",
      zh: "服务器强弱不同、请求短小时。",
    },
    lc: {
      en: "For equal servers and connections that last.",
      zh: "服务器相同、连接持续较久时。",
    },
    wlc: {
      en: "If you do not know: it is the default, and right for most services.",
      zh: "不确定时：这是默认值，适合大多数服务。",
    },
    lblc: {
      en: "For transparent caches, where the destination address is the site.",
      zh: "用于透明缓存，此时目的地址就是站点。",
    },
    lblcr: {
      en: "For transparent caches where some sites are too busy for one server.",
      zh: "用于透明缓存，且某些站点一台服务器承受不了时。",
    },
    dh: {
      en: "For caches and firewalls, where one destination belongs to one server.",
      zh: "用于缓存和防火墙，一个目的地址对应一台服务器。",
    },
    sh: {
      en: "If a client must stay with its server, without a time limit. Many clients behind one address count as one.",
      zh: "客户端必须一直到同一台服务器、且没有时间限制时。同一地址后的许多客户端算作一个。",
    },
    sed: {
      en: "For servers of very different strength with few connections.",
      zh: "服务器强弱差别很大、连接较少时。",
    },
    nq: {
      en: "As sed, if no server should stay idle.",
      zh: "与 sed 相同，但不希望有服务器闲置时。",
    },
    fo: {
      en: "For a main server with spare ones, such as a database.",
      zh: "一台主服务器加一台候补服务器时，例如数据库。",
    },
    ovf: {
      en: "If a few servers should be filled before the next one is used.",
      zh: "希望先用满少数服务器，再用下一台时。",
    },
    mh: {
      en: "For several active directors, or many clients that should stay with their servers.",
      zh: "有多台同时工作的分发器，或大量客户端应保持在原服务器时。",
    },
    twos: {
      en: "For many servers, where counting all connections costs too much.",
      zh: "服务器很多、统计全部连接开销太大时。",
    },
  },
  check: {
    http: {
      en: "For web servers. A path that needs the database shows whether all of it works.",
      zh: "用于网站服务器。选一个需要访问数据库的路径，可以确认整体正常。",
    },
    https: {
      en: "For web servers that answer over TLS only.",
      zh: "用于只支持 TLS 的网站服务器。",
    },
    tcp: {
      en: "For any other TCP service: it shows that the program listens.",
      zh: "用于其他 TCP 服务：说明程序在监听。",
    },
    dns: { en: "For name servers.", zh: "用于域名服务器。" },
    smtp: { en: "For mail servers.", zh: "用于邮件服务器。" },
    udp: {
      en: "For UDP services without a check of their own. A silent server counts as working.",
      zh: "用于没有专门检查的 UDP 服务。没有回应的服务器视为正常。",
    },
    ping: {
      en: "Only if nothing else works: a host can answer while its service is down.",
      zh: "仅在别无选择时：主机在线时服务可能已经停止。",
    },
    script: {
      en: "For services that need a test of your own.",
      zh: "用于需要自己编写测试的服务。",
    },
  },
};
