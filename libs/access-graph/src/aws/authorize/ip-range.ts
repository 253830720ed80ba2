/** An address as 16-bit groups: two for IPv4, eight for IPv6. */
type Groups = readonly number[];

export interface IpRange {
  readonly groups: Groups;
  readonly bits: number;
}

/** `10.0.0.0/8`, `2001:db8::/32`, or a single address. Null when it is neither. */
export function parseIpRange(text: string): IpRange | null {
  const [address, length, ...rest] = text.trim().split("/");
  const groups = parseIp(address!);
  if (groups === null || rest.length > 0) return null;
  const widest = groups.length * 16;
  if (length === undefined) return { groups, bits: widest };
  const bits = /^\d{1,3}$/.test(length) ? Number(length) : NaN;
  return bits <= widest ? { groups, bits } : null;
}

export function parseIp(text: string): Groups | null {
  return text.includes(":") ? parseV6(text) : parseV4(text);
}

export function isInRange(address: Groups, { groups, bits }: IpRange): boolean {
  if (address.length !== groups.length) return false;
  for (let at = 0, left = bits; left > 0; at++, left -= 16) {
    const mask = left >= 16 ? 0xffff : (0xffff << (16 - left)) & 0xffff;
    if ((address[at]! & mask) !== (groups[at]! & mask)) return false;
  }
  return true;
}

function parseV4(text: string): Groups | null {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)) return null;
  const [a, b, c, d] = parts.map(Number) as [number, number, number, number];
  return [a * 256 + b, c * 256 + d];
}

function parseV6(text: string): Groups | null {
  const halves = text.split("::");
  if (halves.length > 2) return null;
  const [head, tail] = halves.map(groupsOf);
  if (head === null || tail === null) return null;
  if (tail === undefined) return head!.length === 8 ? head! : null;
  const missing = 8 - head!.length - tail.length;
  return missing < 1 ? null : [...head!, ...Array<number>(missing).fill(0), ...tail];
}

/** Groups between colons; the last may be an IPv4 address. */
function groupsOf(text: string): number[] | null {
  if (text === "") return [];
  const groups: number[] = [];
  const parts = text.split(":");
  for (const [index, part] of parts.entries()) {
    if (index === parts.length - 1 && part.includes(".")) {
      const v4 = parseV4(part);
      if (v4 === null) return null;
      groups.push(...v4);
    } else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(parseInt(part, 16));
    else return null;
  }
  return groups;
}
