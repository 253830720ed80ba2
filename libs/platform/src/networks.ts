import { BlockList, isIP } from "node:net";

interface Range {
  readonly address: string;
  readonly prefix: number;
  readonly family: "ipv4" | "ipv6";
}

function rangeOf(text: string): Range | null {
  const [address = "", length, ...more] = text.split("/");
  const version = isIP(address);
  if (version === 0 || address.includes("%") || more.length > 0) return null;
  const bits = version === 4 ? 32 : 128;
  if (length !== undefined && !/^(?:0|[1-9]\d{0,2})$/.test(length)) return null;
  const prefix = length === undefined ? bits : Number(length);
  return prefix > bits ? null : { address, prefix, family: version === 4 ? "ipv4" : "ipv6" };
}

/** A single address or a CIDR range, IPv4 or IPv6. */
export const isNetwork = (text: string): boolean => rangeOf(text) !== null;

/** Whether an address lies in one of the ranges; with no range, always. An IPv4 address in IPv6 clothes counts as what it is. */
export function isInNetworks(address: string, networks: readonly string[]): boolean {
  if (networks.length === 0) return true;
  const plain = address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, "");
  const version = isIP(plain);
  if (version === 0) return false;
  const list = new BlockList();
  for (const range of networks.map(rangeOf)) if (range !== null) list.addSubnet(range.address, range.prefix, range.family);
  return list.check(plain, version === 4 ? "ipv4" : "ipv6");
}
