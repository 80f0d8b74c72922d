// Lets people see the password they type. Without this script the fields work, only hidden.
document.addEventListener("DOMContentLoaded", () => {
  for (const button of document.querySelectorAll("button[data-show-password]")) {
    const field = document.getElementById(button.dataset.showPassword);
    const word = button.firstChild;
    button.hidden = false;
    button.addEventListener("click", () => {
      const isShown = field.type === "text";
      field.type = isShown ? "password" : "text";
      word.textContent = isShown ? "Toon" : "Verberg";
    });
    field.form.addEventListener("submit", () => { field.type = "password"; });
  }
});
