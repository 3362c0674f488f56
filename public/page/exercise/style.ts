// The style of this page and of its editor, loaded with it: other pages do without.

/** Resolves once it counts, so that the editor is not seen without it. */
export function loadStyle(): Promise<void> {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = "/exercise.css";
  return new Promise((resolve, reject) => {
    link.addEventListener("load", () => resolve());
    link.addEventListener("error", () => reject(new Error("The style could not be loaded.")));
    document.head.append(link);
  });
}
