/** One line per catalogue. */
export { default as owaspNhi2025 } from "../catalogues/owasp-nhi-2025.json" with { type: "json" };
export { default as nistCsf20 } from "../catalogues/nist-csf-2.0.json" with { type: "json" };
export { default as nistSp800207 } from "../catalogues/nist-sp-800-207.json" with { type: "json" };
export { default as nistSp80053r5 } from "../catalogues/nist-sp-800-53-r5.json" with { type: "json" };
export { default as owaspAgenticTop102026 } from "../catalogues/owasp-agentic-top10-2026.json" with { type: "json" };
export { default as csaMaestro } from "../catalogues/csa-maestro.json" with { type: "json" };
export { default as cisControls81 } from "../catalogues/cis-controls-8.1.json" with { type: "json" };
export { default as pciDss401 } from "../catalogues/pci-dss-4.0.1.json" with { type: "json" };
export { default as iso270012022 } from "../catalogues/iso-27001-2022.json" with { type: "json" };
export { default as soc2Tsc2017 } from "../catalogues/soc2-tsc-2017.json" with { type: "json" };
export { default as euDora } from "../catalogues/eu-dora.json" with { type: "json" };
export { default as euNis2 } from "../catalogues/eu-nis2.json" with { type: "json" };
