import { createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";

const textOf = ({ workspaceId, seq, hash, at }) => `rollcall-audit-checkpoint/v1\n${workspaceId}\n${seq}\n${hash}\n${at}`;
const keyOf = (publicKey) => createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: publicKey }, format: "jwk" });

/**
 * The checkpoints of a file, oldest first, each with a valid signature. Throws an Error in words a person understands when one is not.
 * `publicKey` pins the signer; without it every line must at least be signed by the key of the first one.
 */
export function readCheckpoints(path, publicKey) {
  const lines = readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "");
  let signer = publicKey;
  return lines.map((line, index) => {
    let checkpoint;
    try {
      checkpoint = JSON.parse(line);
    } catch {
      throw new Error(`line ${index + 1} of ${path} is not a checkpoint`);
    }
    signer ??= checkpoint.publicKey;
    let valid = false;
    try {
      valid =
        checkpoint.publicKey === signer &&
        verify(null, Buffer.from(textOf(checkpoint)), keyOf(signer), Buffer.from(checkpoint.signature, "base64url"));
    } catch {
      // A malformed key or signature is not a valid one.
    }
    if (!valid) throw new Error(`the signature in line ${index + 1} of ${path} is not valid`);
    return checkpoint;
  });
}
