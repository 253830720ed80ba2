const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const styles = `:root{color-scheme:light dark;font-family:system-ui,sans-serif}body{max-width:24rem;margin:15vh auto;padding:0 1rem}
label{display:block;margin:1rem 0 .25rem}input{width:100%;box-sizing:border-box;padding:.6rem;font:inherit}
button{margin-top:1.5rem;padding:.6rem 1.2rem;font:inherit}`;

const emailField = `<label for="email">E-mail</label>
<input id="email" name="email" type="email" required maxlength="320" autocomplete="email">`;

/** Asks for the click that uses an invitation, and for the address when it names none. Plain HTML: the person has no session yet. */
export function invitationPage(token: string, email: string | null): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Join Rollcall</title>
<style>${styles}</style></head>
<body><main><h1>Join Rollcall</h1><p>${email === null ? "Tell your colleagues who you are." : `You were invited as ${escapeHtml(email)}.`}</p>
<form method="get"><input type="hidden" name="token" value="${escapeHtml(token)}"><input type="hidden" name="join" value="1">
<label for="name">Name</label><input id="name" name="name" required maxlength="120" autocomplete="name">
${email === null ? emailField : ""}
<button>Join</button></form></main></body></html>`;
}
