// Text inside XML or HTML.

// XML 1.0 §2.2 has no way to write these characters.
const UNWRITABLE = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** A text as markup shows it, with a sign for each character that XML cannot hold. */
export function escapeMarkup(text: string): string {
  return text.replaceAll(UNWRITABLE, "\ufffd").replaceAll(/[&<>"]/g, (sign) => ENTITIES[sign]!);
}
