const find = document.getElementById("find");
const strips = [...document.querySelectorAll("tr.strip")];
find.addEventListener("input", () => {
  const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const strip of strips) {
    const text = strip.textContent.toLowerCase();
    strip.classList.toggle("dim", !words.every((word) => text.includes(word)));
  }
});
