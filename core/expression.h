// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "core/vouching.h"

#include <nlohmann/json_fwd.hpp>

namespace portulan {

/// A value as expressions see it: borrowed; monostate when nobody stated it.
using View = std::variant<std::monostate, bool, double, std::string_view, std::span<const std::string>>;
View viewOf(const Value &value);

/// What expressions may speak of: facts by name (a slot each), sets of words, and certificate schemes whose levels are ranked.
class Vocabulary {
public:
    Vocabulary() = default;
    Vocabulary(Vocabulary &&) = default; // expressions point into the maps, whose nodes move with them
    Vocabulary &operator=(Vocabulary &&) = default;

    std::map<std::string, Words, std::less<>> sets; ///< each sorted
    std::map<std::string, Words, std::less<>> rankings; ///< scheme → levels, lowest first

    /// The slot of a fact, given out on first sight; nothing if no such name may exist: "site.*", "provider.*", "dataset.*", "workload.*",
    /// "policy.*" and "tenant.*" may.
    std::optional<std::size_t> slotOf(std::string_view name);
    /// The slot of a fact some expression reads.
    std::optional<std::size_t> find(std::string_view name) const;
    std::size_t slots() const { return m_names.size(); }
    const std::string &name(std::size_t slot) const { return m_names[slot]; }
    /// All slots, in order of the names.
    const std::map<std::string, std::size_t, std::less<>> &byName() const { return m_slots; }

private:
    std::map<std::string, std::size_t, std::less<>> m_slots;
    std::vector<std::string> m_names;
};

/// Policies and tenants are a closed world: what is absent there is none. Everything else absent is unknown.
bool isClosedWorld(std::string_view name);

/// What an expression is evaluated against. Borrows everything.
struct World {
    const Vocabulary &vocabulary;
    std::span<const View> values; ///< by slot
    std::span<const Fact *const> facts; ///< by slot, for proofs; empty or null where there is none
    std::span<const Certificate> certificates;
    Date today {};
};

enum class Op { True, False, And, Or, Not, Eq, Ne, Lt, Le, Gt, Ge, In, AnyIn, AllIn, Empty, Exists, Cert, CertAtLeastVar };

/// Where an expression stands in a rule. Only `exists` cares: what nobody stated does not exist for `applies_when` (there is nothing to
/// look at), and is unknown for `condition` (that nobody says so does not make it false).
enum class Role { AppliesWhen, Condition };

/// A condition over facts, in Kleene's logic: an absent fact makes a comparison Unknown, and Unknown spreads only where it matters.
/// A fact of the wrong type (a word where a number is compared) is as good as absent.
class Expression {
public:
    static constexpr int maxDepth = 32;
    static constexpr std::size_t maxNodes = 1024;

    /// Malformed{expected} on an unknown operator, name or set, a wrong count or type of operands, or more than maxDepth levels.
    static Result<Expression> fromJson(const nlohmann::json &json, Role role, Vocabulary &vocabulary);

    Truth evaluate(const World &world) const;
    /// The same value, with what it stands on.
    Proof prove(const World &world) const;
    /// Names of what would have to be known, sorted; empty unless the value is Unknown.
    std::vector<std::string> missing(const World &world) const;
    const std::string &text() const { return m_text; }

    /// Something compared: a fact, a set, or a value written in the rule.
    struct Operand {
        std::optional<std::size_t> slot;
        bool closed = false; ///< absent means none
        const Words *set = nullptr; ///< owned by the vocabulary, sorted
        Value literal;
        std::string text;
    };

private:
    friend class ExpressionReader;
    bool isLogic() const { return m_operator == Op::And || m_operator == Op::Or || m_operator == Op::Not; }
    Truth evaluateLeaf(const World &world) const;
    Vouching certificate(const World &world) const;
    Truth exists(const World &world) const;
    void collectMissing(const World &world, std::vector<std::string> &names) const;

    Op m_operator = Op::True;
    Role m_role = Role::Condition;
    std::string m_text;
    std::string m_scheme; ///< of Cert and CertAtLeastVar
    std::string m_level;
    const Words *m_ranking = nullptr; ///< owned by the vocabulary
    std::vector<Operand> m_operands;
    std::vector<Expression> m_parts;
};

}
