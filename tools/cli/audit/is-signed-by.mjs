import { createPublicKey, verify } from "node:crypto";

/** Whether `signed` names this Ed25519 key (base64url) and carries its signature over the text. */
export function isSignedBy(publicKey, signed, text) {
  try {
    const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: publicKey }, format: "jwk" });
    return signed.publicKey === publicKey && verify(null, Buffer.from(text), key, Buffer.from(signed.signature, "base64url"));
  } catch {
    // A malformed key or signature is not a valid one.
    return false;
  }
}
