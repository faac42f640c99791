/**
 * A self-signed certificate of a new key: Node makes keys and signatures, and no certificates. Of version 1 of RFC 5280
 * (4.1), which has no extensions: nobody in the lab verifies it.
 */

import { generateKeyPairSync, sign } from "node:crypto";

export interface Identity {
  /** PEM. */
  readonly key: string;
  readonly cert: string;
}

export function selfSigned(name: string): Identity {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const subject = sequence(set(sequence(COMMON_NAME, element(UTF8_STRING, Buffer.from(name)))));
  const validity = sequence(time("200101000000Z"), time("491231235959Z"));
  const content = sequence(
    element(INTEGER, Buffer.from([1])),
    sequence(ECDSA_WITH_SHA256),
    subject,
    validity,
    subject,
    publicKey.export({ type: "spki", format: "der" }),
  );
  const signature = Buffer.concat([Buffer.from([0]), sign("sha256", content, privateKey)]);
  const der = sequence(content, sequence(ECDSA_WITH_SHA256), element(BIT_STRING, signature));
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${der.toString("base64").replace(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`,
  };
}

/** Tags of DER (X.690, 8). */
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const UTF8_STRING = 0x0c;
const UTC_TIME = 0x17;
const SEQUENCE = 0x30;
const SET = 0x31;

/** 1.2.840.10045.4.3.2 (RFC 5758) and 2.5.4.3, with their tags. */
const ECDSA_WITH_SHA256 = Buffer.from("06082a8648ce3d040302", "hex");
const COMMON_NAME = Buffer.from("0603550403", "hex");

function sequence(...parts: readonly Buffer[]): Buffer {
  return element(SEQUENCE, Buffer.concat(parts));
}

function set(...parts: readonly Buffer[]): Buffer {
  return element(SET, Buffer.concat(parts));
}

function time(text: string): Buffer {
  return element(UTC_TIME, Buffer.from(text));
}

function element(tag: number, content: Buffer): Buffer {
  const { length } = content;
  // More than 127 bytes: how many bytes the length has, then the length.
  const head =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), content]);
}
