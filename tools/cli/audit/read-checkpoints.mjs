import { readFileSync } from "node:fs";
import { isSignedBy } from "./is-signed-by.mjs";

const textOf = ({ workspaceId, seq, hash, at }) => `rollcall-audit-checkpoint/v1\n${workspaceId}\n${seq}\n${hash}\n${at}`;

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
    if (!isSignedBy(signer, checkpoint, textOf(checkpoint))) throw new Error(`the signature in line ${index + 1} of ${path} is not valid`);
    return checkpoint;
  });
}
