// SPDX-License-Identifier: Apache-2.0
#include "cli/completion.h"

#include <algorithm>

#include "cli/arguments.h"

namespace lotbook {

namespace {

// Bash cuts words at '=' (COMP_WORDBREAKS), so "item=FLOUR,lot=" arrives as "item" "=" "FLOUR,lot" "=". Names and
// choices are letters, digits, '_' and '-' only, so nothing in the script needs quoting.
constexpr const char* beginning = R"(# bash completion for lotbook: source <(lotbook completion bash)
_lotbook() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} verb=${COMP_WORDS[1]} flag= field= i
  COMPREPLY=()
  for ((i = COMP_CWORD - 1; i > 1; i--)); do
    case ${COMP_WORDS[i]} in --*) flag=${COMP_WORDS[i]}; break ;; esac
  done
  # In a value: of a field of an object, or of the flag itself.
  if [[ $cur == = ]]; then cur= i=$((COMP_CWORD - 1)); elif [[ $prev == = ]]; then i=$((COMP_CWORD - 2)); else i=0; fi
  if ((i > 0)); then
    field=${COMP_WORDS[i]##*,}
    if [[ ${COMP_WORDS[i]} == "$flag" ]]; then field= prev=$flag; fi
  fi
  local verbs="@VERBS@"
  if ((COMP_CWORD == 1)); then COMPREPLY=($(compgen -W "$verbs --help --version" -- "$cur")); return; fi
  local flags= words= choices= fields=
  case $verb in
)";
constexpr const char* middle = R"(  esac
  case $verb:$flag:$field in
)";
constexpr const char* end = R"(  esac
  if [[ -n $field ]]; then
    # A choice of a field, or the name of the next field after a comma.
    if [[ $cur == *,* ]]; then fields=${fields:-} choices=; else fields=; fi
  elif [[ $prev != "$flag" && $cur != *,* ]]; then
    choices= fields=
  fi
  if [[ $cur == -* ]]; then
    COMPREPLY=($(compgen -W "$flags" -- "$cur"))
  elif [[ -n $fields ]]; then
    local before=
    [[ $cur == *,* ]] && before=${cur%,*},
    COMPREPLY=($(compgen -P "$before" -W "$fields" -S = -- "${cur##*,}"))
    type compopt &>/dev/null && compopt -o nospace 2>/dev/null
  elif [[ -n $choices ]]; then
    COMPREPLY=($(compgen -W "$choices" -- "$cur"))
  elif ((COMP_CWORD == 2)) && [[ -n $words ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$cur"))
  fi
  return 0
}
complete -o bashdefault -o default -F _lotbook lotbook
)";

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

std::string joined(std::span<const std::string_view> words) {
  std::string out;
  for (const std::string_view word : words) (out += out.empty() ? "" : " ") += word;
  return out;
}

std::string names_of(const Shape& shape) {
  std::string out;
  for (const FieldShape& field : shape.fields) (out += out.empty() ? "" : " ") += field.name;
  return out;
}

std::string choices_of(const FieldShape& field) {
  return field.kind == FieldKind::boolean ? "true false" : joined(field.choices);
}

/// What may stand behind each flag of a verb.
std::string cases_of(const CompletedVerb& verb) {
  std::string out;
  if (!verb.shape) return out;
  for (const FieldShape& field : verb.shape->fields) {
    const std::string at = "    " + verb.name + ":" + flag_of(field.name) + ":";
    if (field.kind == FieldKind::object) {
      const Shape& inner = *field.object();
      const std::string names = "fields=\"" + names_of(inner) + "\"";
      for (const FieldShape& of_inner : inner.fields)
        if (const std::string choices = choices_of(of_inner); !choices.empty())
          out += at + std::string(of_inner.name) + ") choices=\"" + choices + "\" " + names + " ;;\n";
      out += at + "*) " + names + " ;;\n";
    } else if (const std::string choices = choices_of(field); !choices.empty()) {
      out += at + ") choices=\"" + choices + "\" ;;\n";
    }
  }
  return out;
}

}  // namespace

std::string bash_completion(const std::vector<CompletedVerb>& verbs) {
  std::vector<std::string> names;
  std::string flags, cases;
  for (const CompletedVerb& verb : verbs) {
    names.push_back(verb.name);
    flags += "    " + verb.name + ") flags=\"" + joined(verb.flags) + "\"" +
             (verb.words.empty() ? "" : " words=\"" + joined(verb.words) + "\"") + " ;;\n";
    cases += cases_of(verb);
  }
  std::string head = beginning;
  const std::string mark = "@VERBS@";
  head.replace(head.find(mark), mark.size(), joined(names));
  return head + flags + middle + cases + end;
}

std::vector<std::string> flags_in(const std::string& help) {
  std::vector<std::string> flags;
  for (std::size_t at = help.find("--"); at != std::string::npos; at = help.find("--", at + 2)) {
    if (at > 0 && help[at - 1] != ' ' && help[at - 1] != ',') continue;
    const std::size_t stop = help.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-", at);
    std::string flag = help.substr(at, stop - at);
    if (flag.size() > 2 && std::find(flags.begin(), flags.end(), flag) == flags.end()) flags.push_back(std::move(flag));
  }
  return flags;
}

}  // namespace lotbook
