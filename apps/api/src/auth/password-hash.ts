import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from "node:crypto";
import { verifyPassword } from "better-auth/crypto";

/** As the OWASP Password Storage Cheat Sheet asks for: 32 MiB and three rounds a try. What a hash was made with is written before it. */
const current = { N: 2 ** 15, r: 8, p: 3 } as const;
const prefix = `scrypt$${current.N}$${current.r}$${current.p}$`;
const keyBytes = 32;

const keyOf = (password: string, salt: Buffer, { N, r, p }: Required<Pick<ScryptOptions, "N" | "r" | "p">>): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    // One password can be typed as different letters that look the same.
    scrypt(password.normalize("NFKC"), salt, keyBytes, { N, r, p, maxmem: 256 * N * r }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `${prefix}${salt.toString("base64")}$${(await keyOf(password, salt, current)).toString("base64")}`;
}

/** Hashes of before are the sign-in library's own, with a third of the work; they are told by having no prefix. */
export async function isPassword({ hash, password }: { readonly hash: string; readonly password: string }): Promise<boolean> {
  const [algorithm, N, r, p, salt = "", key = ""] = hash.split("$");
  if (algorithm !== "scrypt") return verifyPassword({ hash, password });
  const kept = Buffer.from(key, "base64");
  const found = await keyOf(password, Buffer.from(salt, "base64"), { N: Number(N), r: Number(r), p: Number(p) });
  return kept.length === found.length && timingSafeEqual(kept, found);
}

/** Made with less work than is asked for today: to be made again when the password is there. */
export const isOutdated = (hash: string): boolean => !hash.startsWith(prefix);
