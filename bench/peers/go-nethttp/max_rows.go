//go:build max

package main

import (
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// mostKeptUsers stay; those used least recently go first.
const mostKeptUsers = 1000

// userRows keeps users so that none that was read before a write is handed out after it.
type userRows struct {
	mutex sync.Mutex
	kept  *simplelru.LRU[int32, *user]
	// reads have met no write so far, so what they find may be kept.
	reads map[int32]*userRead
	// writes are under way.
	writes map[int32]*userWrites
}

// userRead is a query for one row.
type userRead struct{ id int32 }

// userWrites are those to one row that overlap.
type userWrites struct {
	underWay int
	// alone until a second one begins: only then the row that a write gives back is the last.
	alone bool
}

func newUserRows() *userRows {
	kept, err := simplelru.NewLRU[int32, *user](mostKeptUsers, nil)
	if err != nil {
		panic(err)
	}
	return &userRows{kept: kept, reads: make(map[int32]*userRead), writes: make(map[int32]*userWrites)}
}

func (r *userRows) get(id int32) (*user, bool) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return r.kept.Get(id)
}

// beginRead comes before the query is sent.
func (r *userRows) beginRead(id int32) *userRead {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	read := &userRead{id}
	// While a write is under way nobody knows whether a row is from before or after it.
	if _, written := r.writes[id]; !written {
		r.reads[id] = read
	}
	return read
}

// endRead keeps the row, if one was found, and if no write has begun since the read did.
func (r *userRows) endRead(read *userRead, row *user) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if r.reads[read.id] != read {
		return
	}
	delete(r.reads, read.id)
	if row != nil {
		r.kept.Add(read.id, row)
	}
}

// beginWrite comes before the statement is sent.
func (r *userRows) beginWrite(id int32) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if writes, overlap := r.writes[id]; overlap {
		writes.underWay++
		writes.alone = false
	} else {
		r.writes[id] = &userWrites{underWay: 1, alone: true}
	}
	r.kept.Remove(id)
	delete(r.reads, id)
}

// endWrite comes when the database has answered, and before the client hears of it.
func (r *userRows) endWrite(id int32, row *user) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	writes := r.writes[id]
	writes.underWay--
	if writes.underWay > 0 {
		return
	}
	delete(r.writes, id)
	if writes.alone && row != nil {
		r.kept.Add(id, row)
	}
}
