import { X509Certificate } from "node:crypto";
import type { StatedFact } from "@rollcall/nhi-model";
import { readInstant } from "../input/read-instant.ts";

export interface CertificateReading {
  /** First DNS name, else the common name. */
  readonly subject: string | undefined;
  /** SHA-256 of the certificate: public, and the same wherever the certificate lies. */
  readonly fingerprint: string;
  readonly facts: Readonly<Record<string, StatedFact>>;
}

const dayMillis = 86_400_000;

/** The public part of a PEM certificate; undefined when there is none or it is damaged. */
export function readCertificate(pem: string | undefined): CertificateReading | undefined {
  const first = pem === undefined ? null : /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]{1,65536}-----END CERTIFICATE-----/.exec(pem);
  try {
    return first === null ? undefined : describe(new X509Certificate(first[0]));
  } catch {
    // A damaged date or key fails only when it is read.
    return undefined;
  }
}

function describe(certificate: X509Certificate): CertificateReading {
  const subject = certificate.subjectAltName?.match(/DNS:([^,\s]+)/)?.[1] ?? certificate.subject?.match(/CN=([^\n]+)/)?.[1];
  const expiresAt = readInstant(Date.parse(certificate.validTo));
  const issuedAt = readInstant(Date.parse(certificate.validFrom));
  const key = certificate.publicKey;
  const keyBits = key.asymmetricKeyDetails?.modulusLength;
  return {
    subject,
    fingerprint: certificate.fingerprint256.replaceAll(":", "").toLowerCase(),
    facts: {
      expiresAt: expiresAt ?? { unknown: "not_collected" },
      selfSigned: certificate.subject === certificate.issuer,
      ...(issuedAt === undefined ? {} : { createdAt: issuedAt, lastRotatedAt: issuedAt }),
      ...(key.asymmetricKeyType === undefined ? {} : { algorithm: key.asymmetricKeyType }),
      ...(keyBits === undefined ? {} : { keyBits }),
      ...(expiresAt === undefined || issuedAt === undefined
        ? {}
        : { lifetimeDays: Math.round((Date.parse(expiresAt) - Date.parse(issuedAt)) / dayMillis) }),
    },
  };
}
