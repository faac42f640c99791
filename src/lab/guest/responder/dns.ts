/** Answers of a name server (RFC 1035, 4.1): one record of the type that was asked for. */

/** Ends of a record by type; a name is the question's own, by a pointer to it. */
const SELF = Buffer.from([0xc0, 12]);
const DATA: Readonly<Record<number, Buffer>> = {
  1: Buffer.from([192, 0, 2, 1]),
  2: SELF,
  5: SELF,
  6: Buffer.concat([SELF, SELF, Buffer.alloc(20, 1)]),
  15: Buffer.concat([Buffer.from([0, 10]), SELF]),
  16: Buffer.from("\x03lab"),
  28: Buffer.from("20010db8000000000000000000000001", "hex"),
};

const HEAD = 12;
/** This is an answer, by whom it may concern. */
const AUTHORITATIVE_ANSWER = 0x8400;
const SERVER_FAILURE = 2;

/** The answer to a query, or null where the datagram is none. */
export function answerQuery(query: Buffer, isWrong: boolean): Buffer | null {
  const end = endOfQuestion(query);
  if (end === null) return null;
  const type = query.readUInt16BE(end - 4);
  const data = DATA[type] ?? DATA[16] ?? SELF;
  const head = Buffer.alloc(HEAD);
  query.copy(head, 0, 0, 2);
  const isRecursive = query.readUInt16BE(2) & 0x0100;
  head.writeUInt16BE(AUTHORITATIVE_ANSWER | isRecursive | (isWrong ? SERVER_FAILURE : 0), 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(isWrong ? 0 : 1, 6);
  const question = query.subarray(HEAD, end);
  if (isWrong) return Buffer.concat([head, question]);
  const record = Buffer.alloc(12);
  SELF.copy(record);
  question.copy(record, 2, question.length - 4);
  record.writeUInt32BE(60, 6);
  record.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, question, record, data]);
}

/** Where the one question of a standard query ends. */
function endOfQuestion(query: Buffer): number | null {
  if (query.length < HEAD + 5 || (query.readUInt16BE(2) & 0xf800) !== 0 || query.readUInt16BE(4) !== 1)
    return null;
  let at = HEAD;
  while (at < query.length && query[at] !== 0) at += 1 + (query[at] ?? 0);
  const end = at + 5;
  return end <= query.length ? end : null;
}
