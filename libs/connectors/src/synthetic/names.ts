/** Word lists of the fictional company "Fernhollow". People and vendors are invented; example domains are reserved names. */
export const COMPANY = "fernhollow";
export const COMPANY_DOMAIN = "fernhollow.example";

export const FIRST_NAMES = [
  "Amara", "Anouk", "Bastian", "Beatriz", "Caleb", "Chiara", "Dario", "Devika", "Edda", "Elias", "Farah", "Fionn", "Greta", "Hana", "Henrik",
  "Ifeoma", "Ingrid", "Isandro", "Jasper", "Joana", "Kaito", "Keziah", "Lars", "Leila", "Liam", "Linnea", "Maceo", "Maeve", "Malik", "Marit",
  "Mateus", "Mira", "Nadia", "Nils", "Noor", "Odile", "Oskar", "Paloma", "Petra", "Quentin", "Rafael", "Renske", "Rohan", "Rosalind", "Samir",
  "Saoirse", "Sigrid", "Soren", "Tamsin", "Tariq", "Thandi", "Tomas", "Una", "Valeria", "Viktor", "Wanjiru", "Xanthe", "Yara", "Yusuf", "Zofia",
] as const;

export const LAST_NAMES = [
  "Abernathy", "Adeyemi", "Albrecht", "Almeida", "Arslan", "Bakker", "Barlow", "Bergstrom", "Brandvold", "Calloway", "Castellan", "Chandra", "Corrigan",
  "Dahlquist", "Delacroix", "Dunmore", "Eastwick", "Eriksen", "Falkner", "Ferreira", "Fitzalan", "Galloway", "Gorecki", "Halloran", "Hartwell", "Hoekstra",
  "Ibarra", "Ishikawa", "Jankowski", "Jernigan", "Kaplan", "Kettleborough", "Kowal", "Lindqvist", "Lockhart", "Mbeki", "McAllister", "Mehta", "Moreau",
  "Nakagawa", "Ndiaye", "Novak", "Okonkwo", "Oyelaran", "Pemberton", "Pereira", "Quintero", "Rasmussen", "Reyes", "Ridgeway", "Rosenthal", "Sandoval",
  "Schreiber", "Sinclair", "Skovgaard", "Solberg", "Tanaka", "Thackeray", "Tolentino", "Ulrich", "Vandermeer", "Varga", "Villanueva", "Wetherby", "Whitlock",
  "Winterbourne", "Yamazaki", "Yilmaz", "Zeller", "Zielinski",
] as const;

export const DOMAINS = [
  "payments", "orders", "billing", "catalogue", "checkout", "identity", "shipping", "warehouse", "pricing", "loyalty", "returns", "search", "notifications",
  "ledger", "fraud", "marketing", "reporting", "inventory", "support", "supplier", "mobile", "storefront", "recommendations", "customer", "tax", "analytics",
] as const;

export const COMPONENTS = [
  "api", "worker", "export", "import", "ingest", "sync", "gateway", "scheduler", "webhook", "indexer", "mailer", "reconciler", "archiver", "events",
  "cache-warmer", "feed", "batch", "admin", "reports", "enrichment", "cdc", "replicator", "cleanup", "proxy", "renderer", "validator",
] as const;

export const PLATFORM_TEAMS = ["platform-engineering", "site-reliability", "data-platform", "ml-platform", "security-engineering", "it-operations", "developer-experience"] as const;

export const VENDORS = [
  { name: "Ledgerly", app: "Ledgerly Close Automation", what: "accounting close" },
  { name: "Quillmetric", app: "Quillmetric Analytics", what: "product analytics" },
  { name: "Parcelhawk", app: "Parcelhawk Labels", what: "carrier labels" },
  { name: "Surveynest", app: "Surveynest", what: "customer surveys" },
  { name: "Brightdesk", app: "Brightdesk Helpdesk", what: "support tickets" },
  { name: "Costlantern", app: "Costlantern Cloud Spend", what: "cloud spend" },
  { name: "Notewren", app: "Notewren AI Meeting Notes", what: "meeting notes" },
  { name: "Formquick", app: "Formquick", what: "forms" },
  { name: "Pagerly Oak", app: "Pagerly Oak", what: "on-call" },
  { name: "Vaultwisp Scan", app: "Vaultwisp Scan", what: "code scanning" },
  { name: "Dataferry", app: "Dataferry ELT", what: "data pipelines" },
  { name: "Hirebrook", app: "Hirebrook ATS", what: "recruiting" },
  { name: "Signmoss", app: "Signmoss", what: "e-signature" },
  { name: "Cloudposture Kite", app: "Kite Posture Reader", what: "cloud posture" },
] as const;

/** Name of the n-th service of the company; unique for every n. */
export const serviceName = (n: number): string => {
  const domain = DOMAINS[n % DOMAINS.length] as string;
  const round = Math.floor(n / DOMAINS.length);
  // The stride is coprime with the list, so that neighbours do not share their component.
  const component = COMPONENTS[(round + (n % DOMAINS.length) * 7) % COMPONENTS.length] as string;
  const generation = Math.floor(round / COMPONENTS.length);
  return generation === 0 ? `${domain}-${component}` : `${domain}-${component}-${generation + 1}`;
};

export const serviceDomain = (n: number): string => DOMAINS[n % DOMAINS.length] as string;
