// The style of a part whose code comes late: public/page/NAME/style.css. The first view does without.

/** Resolves once it counts. The part's first module awaits it, so that nothing of the part is seen without it. */
export function loadStyle(name: string): Promise<void> {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = `/${name}.css`;
  return new Promise((resolve, reject) => {
    link.addEventListener("load", () => resolve());
    link.addEventListener("error", () => reject(new Error(`${link.href} could not be loaded.`)));
    document.head.append(link);
  });
}
